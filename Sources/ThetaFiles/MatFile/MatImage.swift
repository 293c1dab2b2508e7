import ThetaArrays
import ThetaRuntime
import ThetaText

/// A MAT file of version 4 or 5 made safe for matio, which trusts the sizes that a file names: every variable
/// is unpacked and walked, all sizes are checked against what is there, and only then written into an image
/// that matio reads. Variables that are not wanted or not supported are left out.
struct MatImage {
  /// Cells and structs may lie this deep inside one another.
  private static let deepest = 100

  private(set) var bytes: [UInt8] = []
  /// Variables in the order of the file. Those without a value are in the image.
  private(set) var variables: [(name: String, value: Value?)] = []
  /// Variables that were left out because the language has nothing like them, with what they are.
  private(set) var skipped: [(name: String, kind: String)] = []
  private var fileHeader: [UInt8] = []
  private let isWanted: (String) -> Bool

  enum Version {
    case four(isBigEndian: Bool)
    case five(isBigEndian: Bool)
    /// Of version 7.3, in the HDF5 format.
    case hdf5
  }

  /// What kind of MAT file these bytes are, or nil when none.
  static func version(of bytes: [UInt8]) -> Version? {
    if bytes.starts(with: [0x89, 0x48, 0x44, 0x46]) { return .hdf5 }
    if bytes.count >= 128 {
      let (a, b) = (bytes[126], bytes[127])
      if a == UInt8(ascii: "I"), b == UInt8(ascii: "M") {
        if bytes[125] == 1 { return .five(isBigEndian: false) }
        if bytes[125] == 2 { return .hdf5 }
      }
      if a == UInt8(ascii: "M"), b == UInt8(ascii: "I"), bytes[124] == 1 { return .five(isBigEndian: true) }
    }
    if bytes.count >= 20 {
      for isBigEndian in [false, true] {
        let type = MatBytes(Array(bytes[..<20]), isBigEndian: isBigEndian).word(0)
        if MatHeader4.isValid(type: type, isBigEndian: isBigEndian) { return .four(isBigEndian: isBigEndian) }
      }
    }
    return nil
  }

  init(
    _ bytes: [UInt8], version: Version, isWanted: @escaping (String) -> Bool
  ) throws(MatFileProblem) {
    self.isWanted = isWanted
    switch version {
    case .hdf5:
      throw MatFileProblem("is a MAT file of version 7.3, which cannot be read; save it with -v7")
    case .four(let isBigEndian): try copyVersion4(MatBytes(bytes, isBigEndian: isBigEndian))
    case .five(let isBigEndian): try copyVersion5(MatBytes(bytes, isBigEndian: isBigEndian))
    }
  }

  // MARK: - Version 4

  private mutating func copyVersion4(_ file: MatBytes) throws(MatFileProblem) {
    var position = 0
    while position < file.count {
      guard let header = try MatHeader4(file, at: position) else { throw .damaged }
      if isWanted(header.name) {
        if header.isSparse {
          skipped.append((header.name, "a sparse matrix of version 4"))
        } else {
          bytes += file.bytes[position..<header.end]
          variables.append((header.name, nil))
        }
      }
      position = header.end
    }
  }

  // MARK: - Version 5

  private mutating func copyVersion5(_ file: MatBytes) throws(MatFileProblem) {
    fileHeader = Array(file.bytes[..<128])
    var position = 128
    while position < file.count {
      let element = try file.element(at: position, limit: file.count)
      switch element.type {
      case 15:
        let unpacked = MatBytes(
          try Matio.library().inflateElement(
            file.bytes[element.data], isBigEndian: file.isBigEndian), isBigEndian: file.isBigEndian)
        try copyVariable(unpacked, try unpacked.element(at: 0, limit: unpacked.count), from: 0)
        // Compressed elements are not padded.
        position = element.start + element.length
      case 14:
        try copyVariable(file, element, from: position)
        position = element.end
      default: throw .damaged
      }
    }
  }

  /// Checks one variable and appends it to the image.
  private mutating func copyVariable(
    _ source: MatBytes, _ element: MatBytes.Element, from start: Int
  ) throws(MatFileProblem) {
    guard element.type == 14, element.start == start + 8, element.length >= 16 else { throw .damaged }
    let header = try MatHeader5(source, element)
    guard isWanted(header.name) else { return }
    if let kind = header.unsupportedKind {
      skipped.append((header.name, kind))
      return
    }
    try check(source, element, header, depth: 0)
    if let value = MatNumbers.value(source, element, header) {
      variables.append((header.name, value))
      return
    }
    variables.append((header.name, nil))
    if bytes.isEmpty { bytes = fileHeader }
    bytes += source.bytes[start..<element.start + element.length]
    while bytes.count % 8 != 0 { bytes.append(0) }
  }

  private func check(
    _ source: MatBytes, _ element: MatBytes.Element, _ header: MatHeader5, depth: Int
  ) throws(MatFileProblem) {
    guard depth < Self.deepest else { throw MatFileProblem("is nested too deeply") }
    let limit = element.start + element.length
    var position = header.end
    switch header.kind {
    case 1:
      try checkElements(header.count, source, &position, limit, depth)
    case 2:
      let length = try source.element(at: position, limit: limit)
      guard length.type == 5, length.length == 4 else { throw .damaged }
      let width = source.signedWord(length.start)
      let names = try source.element(at: length.end, limit: limit)
      guard names.type == 1, width > 0, names.length % width == 0 else { throw .damaged }
      for name in stride(from: names.start, to: names.start + names.length, by: width) {
        guard source.bytes[name..<name + width].contains(0) else { throw .damaged }
      }
      position = names.end
      let (count, overflow) = header.count.multipliedReportingOverflow(by: names.length / width)
      if overflow { throw .damaged }
      // A struct array without fields has no data that bounds its size.
      guard names.length > 0 || header.count <= 1 << 20 else { throw .damaged }
      try checkElements(count, source, &position, limit, depth)
    case 4:
      let data = try source.element(at: position, limit: limit)
      let width = [1: 1, 2: 1, 3: 2, 4: 2, 16: 1, 17: 2, 18: 4][data.type]
      guard let width, data.length == header.count * width else { throw .damaged }
    case 5: try checkSparse(source, position, limit, header)
    case 6...15:
      for _ in 0..<(header.isComplex ? 2 : 1) {
        let data = try source.element(at: position, limit: limit)
        guard let width = MatHeader5.width(of: data.type), data.length == header.count * width else {
          throw .damaged
        }
        position = data.end
      }
    default:
      throw MatFileProblem("holds \(header.unsupportedKind ?? "something unknown"), which cannot be read")
    }
  }

  /// The matrices inside a cell or struct.
  private func checkElements(
    _ count: Int, _ source: MatBytes, _ position: inout Int, _ limit: Int, _ depth: Int
  ) throws(MatFileProblem) {
    for _ in 0..<count {
      let child = try source.element(at: position, limit: limit)
      guard child.type == 14, child.start == position + 8 else { throw .damaged }
      if child.length > 0 { try check(source, child, try MatHeader5(source, child), depth: depth + 1) }
      position = child.end
    }
  }

  private func checkSparse(
    _ source: MatBytes, _ position: Int, _ limit: Int, _ header: MatHeader5
  ) throws(MatFileProblem) {
    let rows = try source.element(at: position, limit: limit)
    let columns = try source.element(at: rows.end, limit: limit)
    guard header.sizes.count == 2, rows.type == 5, columns.type == 5, rows.length % 4 == 0,
      columns.length == (header.sizes[1] + 1) * 4
    else { throw .damaged }
    var before = 0
    for k in 0...header.sizes[1] {
      let start = source.signedWord(columns.start + 4 * k)
      guard start >= before else { throw .damaged }
      before = start
    }
    guard before <= rows.length / 4 else { throw .damaged }
    for k in 0..<rows.length / 4 {
      let row = source.signedWord(rows.start + 4 * k)
      guard row >= 0, row < max(1, header.sizes[0]) else { throw .damaged }
    }
    var data = try source.element(at: columns.end, limit: limit)
    for part in 0..<(header.isComplex ? 2 : 1) {
      if part > 0 { data = try source.element(at: data.end, limit: limit) }
      guard let width = MatHeader5.width(of: data.type), data.length >= before * width else { throw .damaged }
    }
    do { _ = try Shape(header.sizes).checkedCount(elementSize: 16) } catch { throw .damaged }
  }
}
