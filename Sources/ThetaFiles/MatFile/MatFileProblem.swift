/// Why a MAT file cannot be read or written, in words that complete "load: file.mat …".
struct MatFileProblem: Error, Equatable {
  let reason: String
  /// What a variable is that the language has nothing for; only that variable is lost.
  var unsupported: String?

  init(_ reason: String) { self.reason = reason }

  init(unsupported kind: String) {
    reason = "holds \(kind), which cannot be read"
    unsupported = kind
  }

  static let truncated = MatFileProblem("ends in the middle of a variable")
  static let damaged = MatFileProblem("is damaged")
}
