import ThetaArrays
import ThetaRuntime

/// The header of one variable of a version 4 file.
struct Mat4Header {
  let name: String
  let rows: Int
  let columns: Int
  let isComplex: Bool
  /// 0 numbers, 1 text, 2 a sparse matrix
  let kind: Int
  /// The type of the numbers, by the codes of version 5, and the bytes of one.
  let type: Int
  let width: Int
  /// Where the numbers begin, and where the next variable begins.
  let start: Int
  let end: Int

  /// Whether this can be the type of a variable: four decimal digits for the machine, zero, number type,
  /// matrix type.
  static func isValid(type: Int, isBigEndian: Bool) -> Bool {
    type / 1000 == (isBigEndian ? 1 : 0) && type / 100 % 10 == 0 && type / 10 % 10 <= 5 && type % 10 <= 2
  }

  init(_ file: MatBytes, at position: Int) throws(MatFileProblem) {
    guard position + 20 <= file.count else { throw .truncated }
    let code = file.word(position)
    guard Mat4Header.isValid(type: code, isBigEndian: file.isBigEndian) else { throw .damaged }
    (rows, columns) = (file.word(position + 4), file.word(position + 8))
    let (imaginary, nameLength) = (file.word(position + 12), file.word(position + 16))
    guard imaginary <= 1, nameLength >= 1, nameLength <= file.count - position - 20 else { throw .damaged }
    let nameBytes = file.bytes[position + 20..<position + 20 + nameLength]
    guard nameBytes.last == 0, rows < 1 << 31, columns < 1 << 31 else { throw .damaged }
    name = String(decoding: nameBytes.prefix { $0 != 0 }, as: UTF8.self)
    guard !name.isEmpty else { throw .damaged }
    isComplex = imaginary == 1
    kind = code % 10
    (type, width) = [(9, 8), (7, 4), (5, 4), (3, 2), (4, 2), (2, 1)][code / 10 % 10]
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    start = position + 20 + nameLength
    let size = width * (imaginary + 1)
    guard !overflow, count <= (file.count - start) / size else { throw .truncated }
    end = start + count * size
  }
}

/// The variables of a MAT file of version 4: matrices of doubles, text, and sparse matrices.
enum Mat4Reader {
  static func variables(
    _ file: MatBytes, _ isWanted: (String) -> Bool
  ) throws(MatFileProblem) -> [(String, Value)] {
    var variables: [(String, Value)] = []
    var position = 0
    while position < file.count {
      let header = try Mat4Header(file, at: position)
      if isWanted(header.name) { variables.append((header.name, try value(file, header))) }
      position = header.end
    }
    return variables
  }

  private static func value(_ file: MatBytes, _ header: Mat4Header) throws(MatFileProblem) -> Value {
    let shape = Shape(header.rows, header.columns)
    let length = shape.count * header.width
    func part(_ number: Int) throws(MatFileProblem) -> NDArray<Double> {
      let start = header.start + number * length
      return try file.numbers(
        MatBytes.Element(type: header.type, start: start, length: length, end: start + length), shape,
        real: { $0 }, whole: { Double($0) })
    }
    let re = try part(0)
    switch header.kind {
    case 1: return .text(re.map { UInt8(exactly: $0) ?? UInt8(ascii: "?") }, .single)
    case 2: return try sparse(re)
    default:
      guard header.isComplex, shape.count > 0 else { return .make(re) }
      let im = try part(1)
      return .make(
        NDArray<ComplexDouble>(shape) { out in
          for i in out.indices { out.initializeElement(at: i, to: ComplexDouble(re[i], im[i])) }
        })
    }
  }

  /// Rows of row, column, value, and imaginary part; the last one has the sizes. As a full matrix: the language has no
  /// other.
  private static func sparse(_ entries: NDArray<Double>) throws(MatFileProblem) -> Value {
    let (last, width) = (entries.shape.rows - 1, entries.shape.columns)
    guard last >= 0, width == 3 || width == 4, let rows = Int(exactly: entries[last, 0]),
      let columns = Int(exactly: entries[last, 1]), rows >= 0, columns >= 0
    else { throw .damaged }
    let shape = Shape(rows, columns)
    let result: NDArray<ComplexDouble> = try MatBytes.zeros(shape)
    for k in 0..<last {
      guard let row = Int(exactly: entries[k, 0]), let column = Int(exactly: entries[k, 1]),
        (1...max(1, rows)).contains(row), (1...max(1, columns)).contains(column), shape.count > 0
      else { throw .damaged }
      result[row - 1, column - 1] = ComplexDouble(entries[k, 2], width == 4 ? entries[k, 3] : 0)
    }
    return .make(result)
  }
}
