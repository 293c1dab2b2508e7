import CMatio
import ThetaArrays
import ThetaRuntime
import ThetaText

/// The variables of a MAT file of version 7.3, which is HDF5: matio reads it.
struct MatioReader {
  private let matio: Matio

  static func contents(
    _ bytes: [UInt8], _ isWanted: (String) -> Bool
  ) throws(MatFileProblem) -> MatReader.Contents {
    let reader = MatioReader(matio: try Matio.library())
    guard let file = TemporaryFile(), file.write(bytes) else {
      throw MatFileProblem("cannot be unpacked: no temporary file can be written")
    }
    guard let handle = reader.matio.open(file.path, CInt(MAT_ACC_RDONLY.rawValue)) else { throw .damaged }
    defer { _ = reader.matio.close(handle) }
    var contents: MatReader.Contents = ([], [])
    while let variable = reader.matio.readNext(handle) {
      defer { reader.matio.free(variable) }
      guard let name = variable.pointee.name.map({ String(cString: $0) }), isWanted(name) else { continue }
      do throws(MatFileProblem) {
        contents.variables.append((name, try reader.value(of: variable)))
      } catch {
        guard let kind = error.unsupported else { throw error }
        contents.skipped.append((name, kind))
      }
    }
    return contents
  }

  private func value(of variable: Matio.Variable) throws(MatFileProblem) -> Value {
    let header = variable.pointee
    let shape = try shape(of: header)
    switch header.class_type {
    case MAT_C_DOUBLE: return try floats(header, shape, Double.self)
    case MAT_C_SINGLE: return try floats(header, shape, Float.self)
    case MAT_C_INT8: return .make(try integers(header, shape, Int8.self))
    case MAT_C_UINT8:
      let array = try integers(header, shape, UInt8.self)
      return header.isLogical != 0 ? .make(array.map { $0 != 0 }) : .make(array)
    case MAT_C_INT16: return .make(try integers(header, shape, Int16.self))
    case MAT_C_UINT16: return .make(try integers(header, shape, UInt16.self))
    case MAT_C_INT32: return .make(try integers(header, shape, Int32.self))
    case MAT_C_UINT32: return .make(try integers(header, shape, UInt32.self))
    case MAT_C_INT64: return .make(try integers(header, shape, Int64.self))
    case MAT_C_UINT64: return .make(try integers(header, shape, UInt64.self))
    case MAT_C_CHAR: return try characters(header, shape)
    case MAT_C_CELL: return try cells(variable, shape)
    case MAT_C_STRUCT: return try structures(variable, shape)
    case MAT_C_SPARSE: return try sparse(header, shape)
    case MAT_C_EMPTY: return .emptyMatrix
    case MAT_C_FUNCTION: throw MatFileProblem(unsupported: "a function handle")
    default: throw MatFileProblem(unsupported: "an object")
    }
  }

  private func shape(of header: matvar_t) throws(MatFileProblem) -> Shape {
    guard let sizes = header.dims, header.rank >= 2, header.rank <= 64 else {
      if header.class_type == MAT_C_EMPTY { return .empty }
      throw .damaged
    }
    let shape = Shape((0..<Int(header.rank)).map { Int(clamping: sizes[$0]) })
    do { _ = try shape.checkedCount(elementSize: 1) } catch { throw .damaged }
    return shape
  }

  // MARK: - Numbers

  /// The numbers at an address, of the type that matio says it made of them.
  private func numbers<Element: ArrayElement>(
    _ address: UnsafeMutableRawPointer?, _ type: matio_types, _ shape: Shape,
    _ convert: (Double) -> Element, exactly: (Int64) -> Element
  ) throws(MatFileProblem) -> NDArray<Element> {
    let count = shape.count
    if count == 0 { return NDArray(zeros: shape) }
    guard let address else { throw .damaged }
    if let elements = address.bound(to: Element.self, as: type, count: count) {
      return NDArray(shape) { buffer in
        _ = buffer.initialize(from: UnsafeBufferPointer(start: elements, count: count))
      }
    }
    func spread<Stored: BinaryInteger>(_: Stored.Type) -> NDArray<Element> {
      let stored = address.assumingMemoryBound(to: Stored.self)
      return NDArray(shape) { buffer in
        for i in buffer.indices {
          buffer.initializeElement(at: i, to: exactly(Int64(truncatingIfNeeded: stored[i])))
        }
      }
    }
    func spread<Stored: BinaryFloatingPoint>(_: Stored.Type) -> NDArray<Element> {
      let stored = address.assumingMemoryBound(to: Stored.self)
      return NDArray(shape) { buffer in
        for i in buffer.indices { buffer.initializeElement(at: i, to: convert(Double(stored[i]))) }
      }
    }
    switch type {
    case MAT_T_DOUBLE: return spread(Double.self)
    case MAT_T_SINGLE: return spread(Float.self)
    case MAT_T_INT8: return spread(Int8.self)
    case MAT_T_UINT8, MAT_T_UTF8: return spread(UInt8.self)
    case MAT_T_INT16: return spread(Int16.self)
    case MAT_T_UINT16, MAT_T_UTF16: return spread(UInt16.self)
    case MAT_T_INT32: return spread(Int32.self)
    case MAT_T_UINT32, MAT_T_UTF32: return spread(UInt32.self)
    case MAT_T_INT64: return spread(Int64.self)
    case MAT_T_UINT64: return spread(UInt64.self)
    default: throw .damaged
    }
  }

  private func floats<Part: ComplexPart & Sendable>(
    _ header: matvar_t, _ shape: Shape, _: Part.Type
  ) throws(MatFileProblem) -> Value {
    if header.isComplex != 0, shape.count > 0 {
      guard let data = header.data else { throw .damaged }
      let parts = data.assumingMemoryBound(to: mat_complex_split_t.self).pointee
      let re = try numbers(parts.Re, header.data_type, shape, { Part($0) }, exactly: { Part($0) })
      let im = try numbers(parts.Im, header.data_type, shape, { Part($0) }, exactly: { Part($0) })
      return .make(
        NDArray<Complex<Part>>(shape) { buffer in
          for i in buffer.indices { buffer.initializeElement(at: i, to: Complex(re[i], im[i])) }
        })
    }
    let array = try numbers(header.data, header.data_type, shape, { Part($0) }, exactly: { Part($0) })
    return header.isLogical != 0 ? .make(array.map { $0 != 0 }) : .make(array)
  }

  private func integers<Element: ValueElement & FixedWidthInteger>(
    _ header: matvar_t, _ shape: Shape, _: Element.Type
  ) throws(MatFileProblem) -> NDArray<Element> {
    var data = header.data
    if header.isComplex != 0, let both = data, shape.count > 0 {
      data = both.assumingMemoryBound(to: mat_complex_split_t.self).pointee.Re
    }
    return try numbers(
      data, header.data_type, shape, { Element(exactly: $0.rounded()) ?? 0 },
      exactly: { Element(truncatingIfNeeded: $0) })
  }

  /// Codes up to 255 are bytes of the string, as they are in the language. Larger ones become UTF-8 in a row,
  /// and `?` in a matrix, whose rows have to stay equally long.
  private func characters(_ header: matvar_t, _ shape: Shape) throws(MatFileProblem) -> Value {
    let codes = try numbers(
      header.data, header.data_type, shape, { Int64(exactly: $0.rounded()) ?? 63 }, exactly: { $0 })
    let isBytes =
      header.data_type == MAT_T_UINT8 || header.data_type == MAT_T_UTF8
      || header.data_type == MAT_T_INT8
    if shape.isRow, !isBytes, codes.containsElement(where: { $0 > 127 }) {
      let text = String(decoding: codes.map { UInt16(truncatingIfNeeded: $0) }, as: UTF16.self)
      return .string(text)
    }
    return .text(codes.map { $0 < 0 || $0 > 255 ? UInt8(ascii: "?") : UInt8($0) }, .single)
  }

  // MARK: - Containers

  private func cells(_ variable: Matio.Variable, _ shape: Shape) throws(MatFileProblem) -> Value {
    var values: [Value] = []
    for i in 0..<shape.count {
      guard let index = CInt(exactly: i) else { throw .damaged }
      values.append(try matio.cell(variable, index).map(value) ?? .emptyMatrix)
    }
    return .cell(shape, values)
  }

  private func structures(_ variable: Matio.Variable, _ shape: Shape) throws(MatFileProblem) -> Value {
    let fieldCount = Int(matio.fieldCount(variable))
    var names: [String] = []
    if fieldCount > 0, let list = matio.fieldNames(variable) {
      for k in 0..<fieldCount { names.append(list[k].map { String(cString: $0) } ?? "") }
    }
    guard Set(names).count == names.count else { throw .damaged }
    var values: [Value] = []
    for element in 0..<(names.isEmpty ? 0 : shape.count) {
      for k in 0..<names.count {
        values.append(try matio.field(variable, k, element).map(value) ?? .emptyMatrix)
      }
    }
    return .structure(StructArray(shape, names: names, values: values))
  }

  /// As a full matrix: the language has no sparse ones yet.
  private func sparse(_ header: matvar_t, _ shape: Shape) throws(MatFileProblem) -> Value {
    guard let data = header.data else { throw .damaged }
    let parts = data.assumingMemoryBound(to: mat_sparse_t.self).pointee
    guard let starts = parts.jc, Int(parts.njc) == shape.columns + 1 else { throw .damaged }
    do { _ = try shape.checkedCount(elementSize: 16) } catch { throw .damaged }
    let entries = Shape(Int(parts.ndata), 1)
    let re: NDArray<Double>
    var im: NDArray<Double>?
    if header.isComplex != 0, let both = parts.data {
      let split = both.assumingMemoryBound(to: mat_complex_split_t.self).pointee
      re = try numbers(split.Re, header.data_type, entries, { $0 }, exactly: { Double($0) })
      im = try numbers(split.Im, header.data_type, entries, { $0 }, exactly: { Double($0) })
    } else {
      re = try numbers(parts.data, header.data_type, entries, { $0 }, exactly: { Double($0) })
    }
    let result = NDArray<ComplexDouble>(zeros: shape)
    for column in 0..<shape.columns {
      let (first, last) = (Int(starts[column]), Int(starts[column + 1]))
      guard first <= last, last <= Int(parts.nir), last <= re.count else { throw .damaged }
      for k in first..<last {
        guard let row = parts.ir.map({ Int($0[k]) }), row < shape.rows else { throw .damaged }
        result[row, column] = ComplexDouble(re[k], im?[k] ?? 0)
      }
    }
    return header.isLogical != 0 ? .make(result.map { $0.real != 0 }) : .make(result)
  }
}

extension UnsafeMutableRawPointer {
  /// The memory as elements of a type, when that is what the MAT data type says it holds.
  fileprivate func bound<Element>(
    to _: Element.Type, as type: matio_types, count: Int
  ) -> UnsafeMutablePointer<Element>? {
    let matches: Bool
    switch type {
    case MAT_T_DOUBLE: matches = Element.self == Double.self
    case MAT_T_SINGLE: matches = Element.self == Float.self
    case MAT_T_INT8: matches = Element.self == Int8.self
    case MAT_T_UINT8: matches = Element.self == UInt8.self
    case MAT_T_INT16: matches = Element.self == Int16.self
    case MAT_T_UINT16: matches = Element.self == UInt16.self
    case MAT_T_INT32: matches = Element.self == Int32.self
    case MAT_T_UINT32: matches = Element.self == UInt32.self
    case MAT_T_INT64: matches = Element.self == Int64.self
    case MAT_T_UINT64: matches = Element.self == UInt64.self
    default: matches = false
    }
    return matches ? assumingMemoryBound(to: Element.self) : nil
  }
}
