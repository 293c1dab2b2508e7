/// The arguments of one call: a window onto the machine's registers, or onto an array while
/// `withArguments` runs. Only valid during the call; every access is bounds-checked.
public struct Arguments: RandomAccessCollection {
  private let base: UnsafeMutablePointer<Value>
  public let count: Int

  /// Invariant, the caller's to keep: `count` initialised values lie at `base` and stay there during the call.
  public init(base: UnsafeMutablePointer<Value>, count: Int) {
    self.base = base
    self.count = count
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { count }

  public subscript(position: Int) -> Value {
    precondition(position >= 0 && position < count, "no such argument")
    return base[position]
  }

  /// Moves an argument out, so that an array whose only owner was the argument list can be changed in place.
  public func take(_ position: Int) -> Value {
    precondition(position >= 0 && position < count, "no such argument")
    let value = (base + position).move()
    (base + position).initialize(to: .undefined)
    return value
  }
}

extension Array where Element == Value {
  /// The elements as the arguments of a call.
  package mutating func withArguments<Result>(
    _ body: (Arguments) throws(RuntimeError) -> Result
  ) throws(RuntimeError) -> Result {
    let count = self.count
    return try withUnsafeMutableBufferPointer { buffer throws(RuntimeError) in
      guard let base = buffer.baseAddress else {
        // An empty window is never read.
        return try body(Arguments(base: UnsafeMutablePointer(bitPattern: 16)!, count: 0))
      }
      return try body(Arguments(base: base, count: count))
    }
  }
}
