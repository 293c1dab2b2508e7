import ThetaRuntime

/// The kinds of MAT files.
enum MatVersion {
  case four(isBigEndian: Bool)
  /// Versions 5, 6 and 7.
  case five(isBigEndian: Bool)
  /// Of version 7.3, in the HDF5 format.
  case hdf5

  /// What kind of MAT file these bytes are, or nil when none.
  init?(of bytes: [UInt8]) {
    if bytes.starts(with: [0x89, 0x48, 0x44, 0x46]) {
      self = .hdf5
      return
    }
    if bytes.count >= 128 {
      let (a, b) = (bytes[126], bytes[127])
      if a == UInt8(ascii: "I"), b == UInt8(ascii: "M") {
        if bytes[125] == 1 {
          self = .five(isBigEndian: false)
          return
        }
        if bytes[125] == 2 {
          self = .hdf5
          return
        }
      }
      if a == UInt8(ascii: "M"), b == UInt8(ascii: "I"), bytes[124] == 1 {
        self = .five(isBigEndian: true)
        return
      }
    }
    guard bytes.count >= 20 else { return nil }
    for isBigEndian in [false, true] {
      let type = MatBytes(Array(bytes[..<20]), isBigEndian: isBigEndian).word(0)
      if Mat4Header.isValid(type: type, isBigEndian: isBigEndian) {
        self = .four(isBigEndian: isBigEndian)
        return
      }
    }
    return nil
  }
}

/// The variables of a MAT file as values. Versions 4 to 7 are decoded where they lie: matio trusts the sizes that a file
/// names, and damaged files come from anywhere. Version 7.3 is HDF5, whose library matio is built on.
enum MatReader {
  /// Variables in the order of the file, and those that were left out because the language has nothing like them, with
  /// what they are.
  typealias Contents = (variables: [(String, Value)], skipped: [(name: String, kind: String)])

  /// - Parameter isWanted: which variables to read.
  static func read(
    _ bytes: [UInt8], version: MatVersion, isWanted: (String) -> Bool
  ) throws(MatFileProblem) -> Contents {
    switch version {
    case .four(let isBigEndian):
      return (try Mat4Reader.variables(MatBytes(bytes, isBigEndian: isBigEndian), isWanted), [])
    case .five(let isBigEndian):
      return try Mat5Reader.contents(MatBytes(bytes, isBigEndian: isBigEndian), isWanted)
    case .hdf5: return try MatioReader.contents(bytes, isWanted)
    }
  }
}
