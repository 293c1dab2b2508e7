import ThetaArrays

/// `a(i) = x` and `a(i, j) = x` for one element that is there, when the class of the array stays as it is: the case
/// that loops are made of. Arrays of double have their own way, in `Indexing.assign`.
enum ScalarAssignment {
  /// False when anything is out of the ordinary; then nothing has changed.
  static func store(_ value: inout Value, _ subscripts: Arguments, _ new: Value) -> Bool {
    // Not a switch over the value itself, which would hold a second reference to its array.
    switch value.numericClass {
    case .logical:
      guard case .logical(let flag) = new else { return false }
      return write(&value, subscripts, flag, Value.takeBoolean) { .boolean($0) }
    case .single:
      guard let x = single(new) else { return false }
      return write(&value, subscripts, x, Value.takeSingle) { .single($0) }
    case .char:
      guard let quotes = value.quotes, case .text(let codes, _) = new, codes.count == 1 else { return false }
      return write(&value, subscripts, codes.base[0], Value.takeText) { .text($0, quotes) }
    case .int8: return store(Int8.self, &value, subscripts, new)
    case .int16: return store(Int16.self, &value, subscripts, new)
    case .int32: return store(Int32.self, &value, subscripts, new)
    case .int64: return store(Int64.self, &value, subscripts, new)
    case .uint8: return store(UInt8.self, &value, subscripts, new)
    case .uint16: return store(UInt16.self, &value, subscripts, new)
    case .uint32: return store(UInt32.self, &value, subscripts, new)
    case .uint64: return store(UInt64.self, &value, subscripts, new)
    case .double, nil: return false
    }
  }

  /// A number rounds and saturates; integers of the same class are taken as they are.
  private static func store<Element: IntegerClass>(
    _ type: Element.Type, _ value: inout Value, _ subscripts: Arguments, _ new: Value
  ) -> Bool {
    let x: Element
    if case .number(let number) = new {
      x = Element(saturating: number)
    } else if let array = Element.array(in: new), array.count == 1 {
      x = array.base[0]
    } else {
      return false
    }
    return write(&value, subscripts, x, { Element.take(&$0) }, { Element.wrap($0) })
  }

  private static func single(_ new: Value) -> Float? {
    switch new {
    case .number(let x): Float(x)
    case .single(let array): array.count == 1 ? array.base[0] : nil
    default: nil
    }
  }

  private static func write<Element>(
    _ value: inout Value, _ subscripts: Arguments, _ x: Element, _ take: (inout Value) -> NDArray<Element>?,
    _ wrap: (NDArray<Element>) -> Value
  ) -> Bool {
    guard let offset = Indexing.offset(subscripts, value.shape), var array = take(&value) else {
      return false
    }
    if !isKnownUniquelyReferenced(&array) { array = array.copy() }
    array.base[offset] = x
    value = wrap(array)
    return true
  }
}
