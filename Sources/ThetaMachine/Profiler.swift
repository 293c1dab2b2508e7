import ThetaDisplay
import ThetaRuntime

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where a program spends its time. While it is on, the loop notes every instruction in its frame, and a thread looks at
/// the frames about a thousand times a second; the time since its last look goes to the line that runs and to every
/// function that is active. Calls are counted, not sampled.
final class Profiler {
  /// What the watching thread reads: raw memory that stays where it is, so that it never touches a value or a count of
  /// references. A frame caught half-made names code that is not registered, and counts for nothing.
  private struct Watched: @unchecked Sendable {
    let frames: UnsafeRawPointer
    let depth: UnsafePointer<Int>
    let stop: UnsafeMutablePointer<Bool>
  }

  /// A place in the code: the chunk's address and the instruction after the one that runs.
  private struct Place: Hashable {
    var chunk: UInt
    var pc: Int
  }

  /// What one watching thread has seen.
  private final class Log {
    let watched: Watched
    var own: [Place: Double] = [:]
    var total: [UInt: Double] = [:]

    init(_ watched: Watched) { self.watched = watched }

    func watch() {
      var last = Profiler.now()
      while !watched.stop.pointee {
        usleep(1000)
        let time = Profiler.now()
        look(time - last)
        last = time
      }
    }

    private func look(_ seconds: Double) {
      let depth = min(max(watched.depth.pointee, 0), Machine.frameCapacity)
      var seen: Set<UInt> = []
      let stride = MemoryLayout<Frame>.stride
      guard let chunkOffset = MemoryLayout<Frame>.offset(of: \.chunk),
        let pcOffset = MemoryLayout<Frame>.offset(of: \.pc)
      else { return }
      // The outermost frame holds the variables and runs nothing.
      for index in Swift.stride(from: depth - 1, to: 0, by: -1) {
        let frame = watched.frames + index * stride
        let chunk = frame.load(fromByteOffset: chunkOffset, as: UInt.self)
        if index == depth - 1 {
          let pc = frame.load(fromByteOffset: pcOffset, as: Int.self)
          own[Place(chunk: chunk, pc: pc), default: 0] += seconds
        }
        if seen.insert(chunk).inserted { total[chunk, default: 0] += seconds }
      }
    }
  }

  private let watched: Watched
  /// Everything that has run since the profile was cleared, by address; held, so that addresses stay unique.
  private var chunks: [UInt: (chunk: Chunk, calls: Int)] = [:]
  private var log: Log
  private var thread: pthread_t?
  private(set) var isRunning = false
  private var started = 0.0
  private var elapsed = 0.0

  init(frames: UnsafeMutablePointer<Frame>, depth: UnsafePointer<Int>) {
    let stop = UnsafeMutablePointer<Bool>.allocate(capacity: 1)
    stop.initialize(to: false)
    watched = Watched(frames: UnsafeRawPointer(frames), depth: depth, stop: stop)
    log = Log(watched)
  }

  deinit {
    stop()
    watched.stop.deallocate()
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  func start() {
    guard !isRunning else { return }
    watched.stop.pointee = false
    let context = Unmanaged.passRetained(log).toOpaque()
    #if canImport(Glibc)
      var thread = pthread_t()
      let status = pthread_create(
        &thread, nil,
        { context in
          if let context { Unmanaged<Log>.fromOpaque(context).takeRetainedValue().watch() }
          return nil
        }, context)
    #else
      var thread: pthread_t?
      let status = pthread_create(
        &thread, nil,
        { context in
          Unmanaged<Log>.fromOpaque(context).takeRetainedValue().watch()
          return nil
        }, context)
    #endif
    guard status == 0 else {
      Unmanaged<Log>.fromOpaque(context).release()
      return
    }
    self.thread = thread
    isRunning = true
    started = Profiler.now()
  }

  func stop() {
    guard isRunning, let thread else { return }
    watched.stop.pointee = true
    pthread_join(thread, nil)
    self.thread = nil
    isRunning = false
    elapsed += Profiler.now() - started
  }

  /// Notes code that begins or goes on; a call when it begins.
  func enter(_ chunk: Chunk, isCall: Bool) {
    let address = UInt(bitPattern: Unmanaged.passUnretained(chunk).toOpaque())
    chunks[address, default: (chunk, 0)].calls += isCall ? 1 : 0
  }

  // MARK: - The report

  func report() -> ProfileReport {
    var functions: [String: ProfileReport.Function] = [:]
    var lines: [ProfileReport.Line.Key: Double] = [:]
    for (address, entry) in chunks {
      let name = Profiler.name(of: entry.chunk)
      let source = entry.chunk.unit.source
      var own = 0.0
      for (place, seconds) in log.own where place.chunk == address {
        own += seconds
        let pc = min(max(place.pc - 1, 0), max(entry.chunk.ranges.count - 1, 0))
        guard entry.chunk.ranges.indices.contains(pc) else { continue }
        let line = source.position(of: Int(entry.chunk.ranges[pc].start)).line
        lines[ProfileReport.Line.Key(file: entry.chunk.unit.path, line: line), default: 0] += seconds
      }
      let previous = functions[name]
      functions[name] = ProfileReport.Function(
        name: name, calls: entry.calls + (previous?.calls ?? 0), own: own + (previous?.own ?? 0),
        total: (log.total[address] ?? 0) + (previous?.total ?? 0))
    }
    let texts = Dictionary(
      chunks.values.map { ($0.chunk.unit.path, $0.chunk.unit.source) }, uniquingKeysWith: { a, _ in a })
    let listed = lines.map { key, seconds in
      ProfileReport.Line(
        file: key.file, line: key.line, text: Profiler.text(of: key.line, in: texts[key.file]?.bytes ?? []),
        seconds: seconds)
    }
    return ProfileReport(
      seconds: elapsed + (isRunning ? Profiler.now() - started : 0),
      functions: functions.values.sorted { ($0.own, $0.name) > ($1.own, $1.name) },
      lines: listed.sorted { ($0.seconds, $1.line) > ($1.seconds, $0.line) })
  }

  private static func name(of chunk: Chunk) -> String {
    switch chunk.kind {
    case .function: chunk.name
    case .anonymous: "@<anonymous>"
    case .script: chunk.unit.source.name.split(separator: "/").last.map(String.init) ?? "script"
    }
  }

  private static func text(of line: Int, in bytes: [UInt8]) -> String {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.indices.contains(line - 1) else { return "" }
    let text = lines[line - 1].drop { $0 == UInt8(ascii: " ") || $0 == 9 }
    return String(decoding: text.prefix(100), as: UTF8.self)
  }
}

extension Machine {
  /// Starts or stops watching; starting goes on with what was seen before.
  public func setProfiling(_ isOn: Bool) {
    if isOn {
      if profiler == nil { profiler = Profiler(frames: frames, depth: UnsafePointer(depth)) }
      profiler?.start()
    } else {
      profiler?.stop()
    }
    isProfiling = profiler?.isRunning ?? false
  }

  public func clearProfile() {
    profiler?.stop()
    profiler = nil
    isProfiling = false
  }

  public var isProfileOn: Bool { isProfiling }

  public var profileReport: ProfileReport? { profiler?.report() }
}
