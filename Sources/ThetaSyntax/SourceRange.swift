/// A half-open range of UTF-8 offsets into one source text. Line and column are computed only when a
/// diagnostic is rendered (`SourceFile.position(of:)`).
public struct SourceRange: Hashable, Sendable {
  public var start: Int32
  public var end: Int32

  public init(_ start: Int, _ end: Int) {
    self.start = Int32(clamping: start)
    self.end = Int32(clamping: end)
  }

  /// The smallest range that covers both.
  public func union(_ other: SourceRange) -> SourceRange {
    SourceRange(Int(min(start, other.start)), Int(max(end, other.end)))
  }
}
