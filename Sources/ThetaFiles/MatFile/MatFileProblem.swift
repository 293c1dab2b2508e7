/// Why a MAT file cannot be read or written, in words that complete "load: file.mat …".
struct MatFileProblem: Error, Equatable {
  let reason: String

  init(_ reason: String) { self.reason = reason }

  static let truncated = MatFileProblem("ends in the middle of a variable")
  static let damaged = MatFileProblem("is damaged")
}
