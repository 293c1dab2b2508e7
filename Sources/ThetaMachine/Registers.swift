import ThetaRuntime

/// The window of one frame onto the machine's stack of values: the one type of this module that reads and writes
/// through a pointer. The verifier has checked that every register of a chunk's code is below its register count,
/// and a frame initialises that many.
struct Registers {
  let base: UnsafeMutablePointer<Value>

  @inline(__always)
  init(_ base: UnsafeMutablePointer<Value>) { self.base = base }

  @inline(__always)
  subscript(_ register: Register) -> Value {
    get { base[Int(register)] }
    nonmutating set { base[Int(register)] = newValue }
  }

  @inline(__always)
  subscript(_ register: UInt8) -> Value { base[Int(register)] }

  /// Moves a value out, so that the taker may be its only owner, and leaves no value.
  @inline(__always)
  func take(_ register: Register) -> Value {
    let value = (base + Int(register)).move()
    (base + Int(register)).initialize(to: .undefined)
    return value
  }

  @inline(__always)
  func clear(_ register: Register) { base[Int(register)] = .undefined }

  /// A run of registers as the arguments of a call.
  @inline(__always)
  func window(_ first: Register, _ count: Int) -> Arguments {
    Arguments(base: base + Int(first), count: count)
  }

  func clear(_ first: Register, _ count: Int) {
    for offset in 0..<count { base[Int(first) + offset] = .undefined }
  }
}

extension Value {
  @inline(__always)
  var isUndefined: Bool { if case .undefined = self { true } else { false } }
}
