import ThetaArrays
import ThetaDisplay
import ThetaRuntime
import ThetaText

/// Variables in Octave's text format, byte for byte as Octave writes them (the first line apart).
struct OctaveTextWriter {
  private(set) var bytes: [UInt8] = []

  /// Whether the format can hold a value.
  static func canHold(_ value: Value) -> Bool {
    switch value {
    case .object, .undefined: return false
    case .function(let handle):
      guard case .anonymous(let function) = handle.kind else { return true }
      return function.captures.allSatisfy { canHold($0.1) }
    case .cell(let cells): return !cells.containsElement { !canHold($0) }
    case .structure(let s): return s.values.allSatisfy(canHold)
    default: return true
    }
  }

  mutating func write(_ name: String, _ value: Value) {
    put("# name: \(name)\n")
    writeTyped(value)
    put("\n\n")
  }

  private mutating func put(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func put(_ x: Double) {
    if let i = Int(exactly: x), abs(i) < 1 << 53, i != 0 || x.sign == .plus {
      put(String(i))
    } else {
      NumberFormatting.append(x, 17, to: &bytes)
    }
  }

  private mutating func put(_ z: ComplexDouble) {
    put("(")
    put(z.real)
    put(",")
    put(z.imaginary)
    put(")")
  }

  private mutating func writeTyped(_ value: Value) {
    switch value {
    case .number(let x): array("", NDArray(scalar: x)) { $0.put($1) }
    case .real(let a): array("", a) { $0.put($1) }
    case .logical(let b): put("# type: bool\n\(b ? 1 : 0)\n")
    case .boolean(let a): array("bool ", a) { $0.put($1 ? "1" : "0") }
    case .complex(let a): array("complex ", a) { $0.put($1) }
    case .single(let a): array("float ", a) { $0.put(Double($1)) }
    case .singleComplex(let a):
      array("float complex ", a) { $0.put(ComplexDouble(Double($1.real), Double($1.imaginary))) }
    case .int8(let a): integers("int8", a)
    case .int16(let a): integers("int16", a)
    case .int32(let a): integers("int32", a)
    case .int64(let a): integers("int64", a)
    case .uint8(let a): integers("uint8", a)
    case .uint16(let a): integers("uint16", a)
    case .uint32(let a): integers("uint32", a)
    case .uint64(let a): integers("uint64", a)
    case .text(let a, let quotes): characters(a, quotes)
    case .range(let r):
      if r.count == 0 { return writeTyped(value.full) }
      put("# type: double_range\n# base, limit, increment\n")
      put(r.base)
      put(" ")
      put(r.limit)
      put(" ")
      put(r.increment)
      put("\n")
    case .diagonal(let d):
      guard let entries = d.entries.realArray, !d.entries.isSingle, !d.entries.isComplex else {
        return writeTyped(value.full)
      }
      put("# type: diagonal matrix\n# rows: \(d.rows)\n# columns: \(d.columns)\n")
      for x in entries {
        put(x)
        put("\n")
      }
    case .permutation(let p):
      put("# type: permutation matrix\n# size: \(p.size)\n# orient: c\n")
      var rows = p.columns
      for (row, column) in p.columns.enumerated() { rows[column] = row }
      for row in rows { put("\(row + 1)\n") }
    case .cell(let cells): cell(cells)
    case .structure(let s): structure(s)
    case .function(let handle): function(handle)
    case .object, .undefined: break
    }
  }

  /// Numbers: a scalar alone, a matrix by rows, an N-d array one number a line.
  private mutating func array<Element>(
    _ kind: String, _ array: NDArray<Element>, _ put: (inout OctaveTextWriter, Element) -> Void
  ) {
    if array.shape.isScalar {
      self.put("# type: \(kind)\(kind == "bool " ? "" : "scalar")\n")
      put(&self, array[0])
      self.put("\n")
    } else if array.shape.is2D {
      self.put("# type: \(kind)matrix\n# rows: \(array.shape.rows)\n# columns: \(array.shape.columns)\n")
      for i in 0..<array.shape.rows {
        for j in 0..<array.shape.columns {
          bytes.append(UInt8(ascii: " "))
          put(&self, array[i, j])
        }
        bytes.append(UInt8(ascii: "\n"))
      }
    } else {
      self.put("# type: \(kind)matrix\n")
      sizes(array.shape)
      for x in array {
        bytes.append(UInt8(ascii: " "))
        put(&self, x)
        bytes.append(UInt8(ascii: "\n"))
      }
    }
  }

  private mutating func sizes(_ shape: Shape) {
    put("# ndims: \(shape.dimensionCount)\n")
    for size in shape.sizes { put(" \(size)") }
    put("\n")
  }

  private mutating func integers<Element: FixedWidthInteger>(_ kind: String, _ array: NDArray<Element>) {
    if array.shape.isScalar {
      put("# type: \(kind) scalar\n\(array[0])\n")
    } else {
      put("# type: \(kind) matrix\n")
      sizes(array.shape)
      for x in array { put(" \(x)\n") }
    }
  }

  private mutating func characters(_ array: NDArray<UInt8>, _ quotes: QuoteStyle) {
    put("# type: \(quotes == .double ? "string" : "sq_string")\n")
    guard array.shape.is2D else {
      sizes(array.shape)
      bytes.append(contentsOf: array)
      put("\n")
      return
    }
    put("# elements: \(array.shape.rows)\n")
    for i in 0..<array.shape.rows {
      put("# length: \(array.shape.columns)\n")
      for j in 0..<array.shape.columns { bytes.append(array[i, j]) }
      put("\n")
    }
  }

  private mutating func cell(_ cells: NDArray<Value>) {
    put("# type: cell\n")
    if cells.shape.is2D {
      put("# rows: \(cells.shape.rows)\n# columns: \(cells.shape.columns)\n")
      for j in 0..<cells.shape.columns {
        for i in 0..<cells.shape.rows { write("<cell-element>", cells[i, j]) }
        put("\n")
      }
    } else {
      sizes(cells.shape)
      for value in cells { write("<cell-element>", value) }
    }
  }

  private mutating func structure(_ s: StructArray) {
    put("# type: \(s.count == 1 ? "scalar struct" : "struct")\n")
    sizes(s.shape)
    put("# length: \(s.names.count)\n")
    for name in s.names {
      let column = s.column(name) ?? []
      write(name, s.count == 1 ? column[0] : .cell(s.shape, column))
    }
  }

  private mutating func function(_ handle: FunctionValue) {
    put("# type: function handle\n")
    switch handle.kind {
    case .named(let name): put("# octaveroot: /usr\n# subtype: simple\n\(name)\n")
    case .anonymous(let function):
      put("@<anonymous>\n\(function.text)\n")
      if function.captures.isEmpty { return }
      put("# length: \(function.captures.count)\n")
      for (name, value) in function.captures { write(name, value) }
    }
  }
}
