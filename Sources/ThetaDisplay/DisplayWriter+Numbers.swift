import ThetaArrays
import ThetaRuntime

// Matrices of numbers: columns of one width, split where the terminal ends.

extension DisplayWriter {
  mutating func numbers(_ value: Value, indent: Int) {
    if format.style == .plus {
      signs(value, indent: indent)
      return
    }
    switch value {
    case .real(let a): realMatrix(a, single: false, indent: indent)
    case .single(let a): realMatrix(a.map { Double($0) }, single: true, indent: indent)
    case .complex(let a): complexMatrix(a, single: false, indent: indent)
    case .singleComplex(let a):
      complexMatrix(
        a.map { ComplexDouble(Double($0.real), Double($0.imaginary)) }, single: true, indent: indent)
    case .range(let r): range(r, indent: indent)
    case .diagonal(let d): diagonal(d, indent: indent)
    case .permutation(let p): permutation(p, indent: indent)
    case .boolean(let a):
      integerMatrix(IntegerTexts(a.map { $0 ? 1 : 0 as UInt8 }, format.style), indent: indent)
    default:
      if let integers = value.integers(format.style) { integerMatrix(integers, indent: indent) }
    }
  }

  private mutating func realMatrix(_ array: NDArray<Double>, single: Bool, indent: Int) {
    let rules = NumberRules(format, single: single)
    let extent = rules.extent(of: array)
    let scale = CommonScale(extent, rules, format)
    let number = scale?.part ?? rules.matrix(extent)
    let factor = scale?.factor ?? 1
    header(scale)
    columns(array.shape, width: number.width + 2, indent: indent) { row, column, out in
      out.append("  ")
      number.append(array[row, column] / factor, width: number.width, to: &out)
    }
  }

  private mutating func complexMatrix(_ array: NDArray<ComplexDouble>, single: Bool, indent: Int) {
    let rules = NumberRules(format, single: single)
    let extent = rules.complexExtent(array.lazy.map(\.real), array.lazy.map(\.imaginary))
    let scale = CommonScale(extent.both, rules, format)
    let number = scale.map { ComplexFormat($0) } ?? rules.complexMatrix(extent)
    let factor = scale?.factor ?? 1
    header(scale)
    columns(array.shape, width: number.columnWidth, indent: indent) { row, column, out in
      out.append("  ")
      let z = array[row, column]
      number.append(z.real / factor, z.imaginary / factor, to: &out)
    }
  }

  private mutating func range(_ range: RangeValue, indent: Int) {
    let rules = NumberRules(format, single: false)
    if format.usesScaleFactor, !rules.isWhole(range) {
      realMatrix(range.array, single: false, indent: indent)
      return
    }
    let number = rules.range(range)
    let shape = Shape(1, range.count)
    columns(shape, width: number.width + 2, indent: indent, isRange: true) { _, column, out in
      out.append("  ")
      number.append(range[column], width: number.width, to: &out)
    }
  }

  private mutating func diagonal(_ matrix: DiagonalMatrix, indent: Int) {
    out.append("Diagonal Matrix\n")
    blank()
    let shape = Shape(matrix.rows, matrix.columns)
    let rules = NumberRules(format, single: matrix.entries.isSingle)
    if matrix.entries.isComplex, let entries = matrix.entries.complexArray {
      let extent = rules.complexExtent(entries.lazy.map(\.real), entries.lazy.map(\.imaginary))
      let number = rules.complexMatrix(extent)
      columns(shape, width: number.columnWidth, indent: indent) { row, column, out in
        if row == column {
          out.append("  ")
          number.append(entries[row].real, entries[row].imaginary, to: &out)
        } else {
          out.append("0", alignedTo: number.writtenWidth + 2)
        }
      }
      return
    }
    let entries = matrix.entries.realArray ?? NDArray(zeros: .empty)
    let extent = rules.extent(of: entries)
    let scale = CommonScale(extent, rules, format)
    let number = scale?.part ?? rules.matrix(extent)
    let factor = scale?.factor ?? 1
    let width = number.width + 2
    header(scale)
    columns(shape, width: width, indent: indent) { row, column, out in
      if row == column {
        out.append("  ")
        number.append(entries[row] / factor, width: number.width, to: &out)
      } else {
        out.append("0", alignedTo: width)
      }
    }
  }

  private mutating func permutation(_ matrix: PermutationMatrix, indent: Int) {
    out.append("Permutation Matrix\n")
    blank()
    columns(Shape(matrix.size, matrix.size), width: 4, indent: indent) { row, column, out in
      out.append(matrix.columns[row] == column ? "   1" : "   0")
    }
  }

  /// Rows of a matrix, in groups of as many columns as fit, each group under its header.
  mutating func columns(
    _ shape: Shape, width: Int, indent: Int, isRange: Bool = false,
    element: (Int, Int, inout [UInt8]) -> Void
  ) {
    // Ranges decide by the room that is left whether to split, but then fill whole lines.
    let isSplit = format.splitsLongRows && shape.columns * width > format.width - indent
    let room = isRange ? format.width : format.width - indent
    let step = isSplit ? max(1, room / width) : max(shape.columns, 1)
    for start in stride(from: 0, to: max(shape.columns, 1), by: step) {
      let end = min(start + step, shape.columns)
      if isSplit { header(start, end, indent: indent) }
      for row in 0..<shape.rows {
        out.appendSpaces(indent)
        for column in start..<end { element(row, column, &out) }
        out.appendNewline()
      }
      if end < shape.columns { blank() }
    }
  }

  private mutating func header(_ start: Int, _ end: Int, indent: Int) {
    out.appendSpaces(indent)
    if end - start == 1 {
      out.append(" Column \(end):\n")
    } else if end - start == 2 {
      out.append(" Columns \(start + 1) and \(end):\n")
    } else {
      out.append(" Columns \(start + 1) through \(end):\n")
    }
    blank()
  }
}

extension NumberRules {
  /// Ranges keep a column for a sign even where no element needs it, unless all elements are whole.
  func range(_ range: RangeValue) -> NumberFormat {
    var extent = extent(of: [range.base, range.limit])
    extent.isInteger = isWhole(range)
    var format = matrix(extent)
    switch format.notation {
    case .exponent, .engineering: format.width += 1
    case .fixed where style == .bank: if max(extent.largest, extent.smallest) == 0 { format.width -= 1 }
    case .fixed: format.width += 1
    case .general, .hexadecimal, .binary, .rational: break
    }
    return format
  }

  func isWhole(_ range: RangeValue) -> Bool {
    [range.base, range.increment].allSatisfy { Self.isWhole($0) }
  }
}
