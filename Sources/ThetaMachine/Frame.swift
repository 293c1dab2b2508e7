import ThetaRuntime

/// One active call, script or evaluated text.
struct Frame {
  let chunk: Chunk
  let base: UnsafeMutablePointer<Value>
  /// The next instruction; up to date while another frame or a builtin runs.
  var pc = 0
  /// The frame whose variables these are: itself, or for scripts and evaluated text the frame they run in.
  let root: Int
  /// For scripts and evaluated text, the frame that lent its variables; else -1.
  let parent: Int
  /// `nargin`
  var inputs = 0
  /// `nargout`
  var outputs = 0
  var ignored: UInt64 = 0
  let delivery: Delivery
  let function: UserFunction?
  /// What few frames have.
  var extra: FrameExtra?

  /// Where the results go.
  enum Delivery {
    /// Consecutive registers of the caller, as many as `outputs` says, at least one.
    case registers(UnsafeMutablePointer<Value>)
    /// One register of the caller, as one value or a list.
    case list(UnsafeMutablePointer<Value>)
    /// `Machine.results`; the loop that began with this frame ends.
    case entry
    /// One place of a native caller, for the first result; the loop ends.
    case entryValue(UnsafeMutablePointer<Value>)
  }
}

/// Variables that the compiler did not foresee, and shared variables that the frame declared.
final class FrameExtra {
  var variables: [String: Value] = [:]
  var shared: [SharedCell] = []
}
