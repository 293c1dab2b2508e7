import ThetaRuntime

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The standard streams of the process. Output is collected and written in large pieces; it is written at once
/// where a person is looking, before anything goes to the error stream, and before input is read.
public final class StandardConsole: Console {
  private var pending: [UInt8] = []
  public let isTerminal = isatty(STDOUT_FILENO) == 1
  /// True once nobody reads the output any more; what follows is dropped.
  private var isClosed = false
  private var input: [UInt8] = []
  private var inputEnded = false
  /// Reads a line with editing and history where the command has set it; plain reading otherwise.
  public var lineEditor: ((String) -> String?)?

  private static let bufferSize = 1 << 16

  /// Bytes that may still be written, and whom to tell when there are none left.
  private var outputAllowed = Int.max
  private var stopRequest: UnsafeMutablePointer<Int32>?

  public init() {}

  /// Stops the running code once it has printed so many bytes; what it prints beyond them is dropped.
  public func limitOutput(to bytes: Int, stopRequest: UnsafeMutablePointer<Int32>) {
    outputAllowed = bytes
    self.stopRequest = stopRequest
  }

  deinit { flush() }

  public func write(_ bytes: [UInt8]) {
    if bytes.count > outputAllowed {
      pending.append(contentsOf: bytes.prefix(outputAllowed))
      outputAllowed = 0
      stopRequest?.pointee = StopRequest.outputLimit.rawValue
    } else {
      if outputAllowed != Int.max { outputAllowed -= bytes.count }
      pending.append(contentsOf: bytes)
    }
    if isTerminal || pending.count >= StandardConsole.bufferSize { flush() }
  }

  public func writeError(_ bytes: [UInt8]) {
    flush()
    send(bytes, to: STDERR_FILENO)
  }

  public func flush() {
    guard !pending.isEmpty else { return }
    if !isClosed, !send(pending, to: STDOUT_FILENO) { isClosed = true }
    pending.removeAll(keepingCapacity: true)
  }

  @discardableResult
  private func send(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var sent = 0
      while sent < buffer.count {
        guard let start = buffer.baseAddress else { return true }
        let written = systemWrite(descriptor, start + sent, buffer.count - sent)
        if written > 0 {
          sent += written
        } else if errno != EINTR && errno != EAGAIN {
          return false
        }
      }
      return true
    }
  }

  public func readLine(prompt: String) -> String? {
    if let lineEditor {
      flush()
      return lineEditor(prompt)
    }
    write(prompt)
    flush()
    while true {
      if let end = input.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: input[..<end], as: UTF8.self)
        input.removeSubrange(...end)
        return line
      }
      if inputEnded {
        guard !input.isEmpty else { return nil }
        let line = String(decoding: input, as: UTF8.self)
        input = []
        return line
      }
      fill()
    }
  }

  /// All of the standard input that has not been read by line.
  public func readAll() -> [UInt8] {
    while !inputEnded { fill() }
    defer { input = [] }
    return input
  }

  private func fill() {
    var chunk = [UInt8](repeating: 0, count: 1 << 14)
    let count = chunk.withUnsafeMutableBytes { systemRead(STDIN_FILENO, $0.baseAddress, $0.count) }
    if count > 0 {
      input.append(contentsOf: chunk[..<count])
    } else if count == 0 || errno != EINTR {
      inputEnded = true
    }
  }
}
