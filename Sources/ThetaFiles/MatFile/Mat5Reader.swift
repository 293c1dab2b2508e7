import ThetaArrays
import ThetaRuntime

/// The variables of a MAT file of version 5, 6 or 7. Every size that the file names is checked against the bytes that are
/// there before memory is asked for.
struct Mat5Reader {
  /// Cells and structs may lie this deep inside one another.
  private static let deepest = 100

  private let source: MatBytes

  static func contents(
    _ file: MatBytes, _ isWanted: (String) -> Bool
  ) throws(MatFileProblem) -> MatReader.Contents {
    var contents: MatReader.Contents = ([], [])
    var position = 128
    while position < file.count {
      let element = try file.element(at: position, limit: file.count)
      if element.type == 15 {
        guard let zlib = Zlib.shared else {
          throw MatFileProblem("is compressed, and the library zlib, which that needs, is not installed")
        }
        guard let unpacked = zlib.inflated(file.bytes[element.data]) else { throw .damaged }
        let reader = Mat5Reader(source: MatBytes(unpacked, isBigEndian: file.isBigEndian))
        try reader.add(try reader.source.element(at: 0, limit: unpacked.count), to: &contents, isWanted)
        // Compressed elements are not padded.
        position = element.start + element.length
      } else {
        try Mat5Reader(source: file).add(element, to: &contents, isWanted)
        position = element.end
      }
    }
    return contents
  }

  private func add(
    _ element: MatBytes.Element, to contents: inout MatReader.Contents, _ isWanted: (String) -> Bool
  ) throws(MatFileProblem) {
    guard element.type == 14, element.length >= 16 else { throw .damaged }
    let header = try Mat5Header(source, element)
    guard isWanted(header.name) else { return }
    do throws(MatFileProblem) {
      contents.variables.append((header.name, try value(element, header, depth: 0)))
    } catch {
      guard let kind = error.unsupported else { throw error }
      contents.skipped.append((header.name, kind))
    }
  }

  private func value(
    _ element: MatBytes.Element, _ header: Mat5Header, depth: Int
  ) throws(MatFileProblem) -> Value {
    guard depth < Mat5Reader.deepest else { throw MatFileProblem("is nested too deeply") }
    let limit = element.start + element.length
    switch header.kind {
    case 1: return .cell(header.shape, try elements(header.count, from: header.end, limit, depth))
    case 2: return try structures(header, limit, depth)
    case 4: return try characters(header, limit)
    case 5: return try sparse(header, limit)
    case 6: return try floats(header, limit, Double.self)
    case 7: return try floats(header, limit, Float.self)
    case 8: return try integers(header, limit, Int8.self)
    case 9: return try integers(header, limit, UInt8.self)
    case 10: return try integers(header, limit, Int16.self)
    case 11: return try integers(header, limit, UInt16.self)
    case 12: return try integers(header, limit, Int32.self)
    case 13: return try integers(header, limit, UInt32.self)
    case 14: return try integers(header, limit, Int64.self)
    case 15: return try integers(header, limit, UInt64.self)
    case 3, 17: throw MatFileProblem(unsupported: "an object")
    case 16: throw MatFileProblem(unsupported: "a function handle")
    default: throw MatFileProblem(unsupported: "something unknown")
    }
  }

  // MARK: - Numbers

  private func floats<Part: ComplexPart & Sendable>(
    _ header: Mat5Header, _ limit: Int, _: Part.Type
  ) throws(MatFileProblem) -> Value {
    var position = header.end
    func part() throws(MatFileProblem) -> NDArray<Part> {
      if header.count == 0 { return NDArray(zeros: header.shape) }
      let data = try source.element(at: position, limit: limit)
      position = data.end
      return try source.numbers(data, header.shape, real: { Part($0) }, whole: { Part($0) })
    }
    let re = try part()
    if header.isLogical { return .make(re.map { $0 != 0 }) }
    guard header.isComplex else { return .make(re) }
    let im = try part()
    return .make(
      NDArray<Complex<Part>>(header.shape) { out in
        for i in out.indices { out.initializeElement(at: i, to: Complex(re[i], im[i])) }
      })
  }

  /// The imaginary part that Octave's and other integers cannot have is left out.
  private func integers<Whole: ValueElement & FixedWidthInteger>(
    _ header: Mat5Header, _ limit: Int, _: Whole.Type
  ) throws(MatFileProblem) -> Value {
    if header.count == 0 {
      return header.isLogical
        ? .make(NDArray<Bool>(zeros: header.shape)) : .make(NDArray<Whole>(zeros: header.shape))
    }
    let data = try source.element(at: header.end, limit: limit)
    let array = try source.numbers(
      data, header.shape, real: { Whole(exactly: $0.rounded()) ?? 0 },
      whole: { Whole(truncatingIfNeeded: $0) })
    return header.isLogical ? .make(array.map { $0 != 0 }) : .make(array)
  }

  // MARK: - Text

  /// Bytes stay as they are, one a character. Wider codes of a row become UTF-8; in a matrix, whose rows have to stay
  /// equally long, `?` stands for those beyond 255.
  private func characters(_ header: Mat5Header, _ limit: Int) throws(MatFileProblem) -> Value {
    let (shape, count) = (header.shape, header.count)
    if count == 0 { return .text(NDArray(zeros: shape), .single) }
    let data = try source.element(at: header.end, limit: limit)
    if [1, 2, 16].contains(data.type), data.length > count {
      // UTF-8 with sizes that count its characters.
      let text = source.bytes[data.data]
      guard shape.isRow else { throw .damaged }
      let whole = String(decoding: text, as: UTF8.self)
      return .bytes(whole.utf16.count == count ? Array(whole.utf8) : Array(text.prefix(count)))
    }
    let codes = try source.numbers(data, shape, real: { Int64(exactly: $0) ?? 63 }, whole: { $0 })
    if shape.isRow, ![1, 2, 16].contains(data.type), codes.containsElement(where: { $0 > 127 }) {
      return .string(String(decoding: codes.map { UInt16(truncatingIfNeeded: $0) }, as: UTF16.self))
    }
    let mask: Int64 = data.type == 1 ? 255 : -1
    return .text(codes.map { UInt8(exactly: $0 & mask) ?? UInt8(ascii: "?") }, .single)
  }

  // MARK: - Containers

  /// The values of cells or fields; an element without content is `[]`.
  private func elements(
    _ count: Int, from start: Int, _ limit: Int, _ depth: Int
  ) throws(MatFileProblem) -> [Value] {
    var values: [Value] = []
    var position = start
    for _ in 0..<count {
      let child = try source.element(at: position, limit: limit)
      guard child.type == 14, child.start == position + 8 else { throw .damaged }
      position = child.end
      values.append(
        child.length == 0
          ? .emptyMatrix : try value(child, try Mat5Header(source, child), depth: depth + 1))
    }
    return values
  }

  private func structures(_ header: Mat5Header, _ limit: Int, _ depth: Int) throws(MatFileProblem) -> Value {
    let length = try source.element(at: header.end, limit: limit)
    guard length.type == 5, length.length == 4 else { throw .damaged }
    let width = source.signedWord(length.start)
    let list = try source.element(at: length.end, limit: limit)
    guard list.type == 1, width > 0, list.length % width == 0 else { throw .damaged }
    let names = stride(from: list.start, to: list.start + list.length, by: width).map { start in
      String(decoding: source.bytes[start..<start + width].prefix { $0 != 0 }, as: UTF8.self)
    }
    guard Set(names).count == names.count else { throw .damaged }
    let (count, overflow) = header.count.multipliedReportingOverflow(by: names.count)
    // A struct array without fields has no data that bounds its size.
    guard !overflow, !names.isEmpty || header.count <= 1 << 20 else { throw .damaged }
    let values = try elements(count, from: list.end, limit, depth)
    return .structure(StructArray(header.shape, names: names, values: values))
  }

  // MARK: - Sparse matrices

  /// As a full matrix: the language has no sparse ones.
  private func sparse(_ header: Mat5Header, _ limit: Int) throws(MatFileProblem) -> Value {
    let rows = try source.element(at: header.end, limit: limit)
    let starts = try source.element(at: rows.end, limit: limit)
    let (height, width) = (header.shape.rows, header.shape.columns)
    guard header.shape.is2D, rows.type == 5, starts.type == 5, starts.length == (width + 1) * 4 else {
      throw .damaged
    }
    let used = source.signedWord(starts.start + 4 * width)
    guard used >= 0, used <= rows.length / 4 else { throw .damaged }
    var position = starts.end
    func part() throws(MatFileProblem) -> NDArray<Double> {
      let data = try source.element(at: position, limit: limit)
      position = data.end
      guard let size = Mat5Header.width(of: data.type), data.length >= used * size else { throw .damaged }
      let head = MatBytes.Element(type: data.type, start: data.start, length: used * size, end: data.end)
      return try source.numbers(head, Shape(used, 1), real: { $0 }, whole: { Double($0) })
    }
    let re = try part()
    let im = header.isComplex ? try part() : nil
    let result: NDArray<ComplexDouble> = try MatBytes.zeros(header.shape)
    for column in 0..<width {
      let first = source.signedWord(starts.start + 4 * column)
      let last = source.signedWord(starts.start + 4 * column + 4)
      guard first >= 0, first <= last, last <= used else { throw .damaged }
      for k in first..<last {
        let row = source.signedWord(rows.start + 4 * k)
        guard row >= 0, row < height else { throw .damaged }
        result[row, column] = ComplexDouble(re[k], im?[k] ?? 0)
      }
    }
    return header.isLogical ? .make(result.map { $0.real != 0 }) : .make(result)
  }
}
