import ThetaArrays
import ThetaRuntime

/// The state of an optimizer as bytes, so that a run can go on where it was stopped, bit for bit. One function of
/// the optimizer visits its variables by name; the archive writes them or puts them back.
struct Archive {
  private static let mark = Array("theta checkpoint 1\n".utf8)

  private var records: [String: (sizes: [Int], numbers: [Double])] = [:]
  private var names: [String] = []
  let isReading: Bool
  private(set) var isComplete = true

  /// For writing.
  init() { isReading = false }

  /// For reading; nil when these bytes are no checkpoint.
  init?(_ bytes: [UInt8]) {
    isReading = true
    guard bytes.starts(with: Archive.mark) else { return nil }
    var position = Archive.mark.count
    func word() -> UInt64? {
      guard position + 8 <= bytes.count else { return nil }
      defer { position += 8 }
      return (0..<8).reduce(0) { $0 | UInt64(bytes[position + $1]) << UInt64(8 * $1) }
    }
    func length() -> Int? {
      guard let n = word(), n <= UInt64(bytes.count) else { return nil }
      return Int(n)
    }
    while position < bytes.count {
      guard let size = length(), position + size <= bytes.count else { return nil }
      let name = String(decoding: bytes[position..<position + size], as: UTF8.self)
      position += size
      guard let dimensions = length(), dimensions <= 64 else { return nil }
      var sizes: [Int] = []
      for _ in 0..<dimensions {
        guard let n = length() else { return nil }
        sizes.append(n)
      }
      guard let count = length(), position + 8 * count <= bytes.count else { return nil }
      records[name] = (sizes, Archive.numbers(in: bytes[position..<position + 8 * count]))
      position += 8 * count
    }
  }

  var bytes: [UInt8] {
    var result = Archive.mark
    result.reserveCapacity(records.values.reduce(result.count) { $0 + 8 * $1.numbers.count + 256 })
    func append(_ n: UInt64) {
      for k in 0..<8 { result.append(UInt8(truncatingIfNeeded: n >> UInt64(8 * k))) }
    }
    for name in names {
      guard let record = records[name] else { continue }
      append(UInt64(name.utf8.count))
      result += Array(name.utf8)
      append(UInt64(record.sizes.count))
      for size in record.sizes { append(UInt64(size)) }
      append(UInt64(record.numbers.count))
      // Whole arrays at a time: states may hold millions of numbers.
      record.numbers.map(\.bitPattern.littleEndian).withUnsafeBytes { result.append(contentsOf: $0) }
    }
    return result
  }

  /// The numbers that so many bytes hold.
  private static func numbers(in bytes: ArraySlice<UInt8>) -> [Double] {
    var words = [UInt64](repeating: 0, count: bytes.count / 8)
    words.withUnsafeMutableBytes { $0.copyBytes(from: bytes) }
    return words.map { Double(bitPattern: UInt64(littleEndian: $0)) }
  }

  // MARK: - Visiting

  mutating func visit(_ name: String, _ numbers: inout [Double]) {
    if isReading {
      if let record = records[name] { numbers = record.numbers } else { isComplete = false }
    } else {
      records[name] = ([numbers.count], numbers)
      names.append(name)
    }
  }

  mutating func visit(_ name: String, _ array: inout NDArray<Double>) {
    if isReading {
      guard let record = records[name], let count = try? Shape(record.sizes).checkedCount(),
        count == record.numbers.count
      else {
        isComplete = false
        return
      }
      array = NDArray(Shape(record.sizes), record.numbers)
    } else {
      records[name] = (array.shape.sizes, array.list)
      names.append(name)
    }
  }

  mutating func visit(_ name: String, _ x: inout Double) {
    var list = [x]
    visit(name, &list)
    if let first = list.first { x = first } else { isComplete = false }
  }

  mutating func visit(_ name: String, _ n: inout Int) {
    var x = Double(n)
    visit(name, &x)
    if let whole = Int(exactly: x) { n = whole } else { isComplete = false }
  }

  mutating func visit(_ name: String, _ flag: inout Bool) {
    var x = flag ? 1.0 : 0.0
    visit(name, &x)
    flag = x != 0
  }

  mutating func visit(_ name: String, _ point: inout Point) {
    visit(name + ".x", &point.x)
    visit(name + ".cost", &point.cost)
    visit(name + ".gradient", &point.gradient)
  }

  /// The random numbers of the session, which the cost function may draw.
  mutating func visit(_ source: RandomSource) {
    for distribution in RandomSource.Distribution.allCases {
      var state = source.state(distribution)
      visit("random \(distribution.rawValue)", &state)
      if isReading, isComplete { source.seed(distribution, state) }
    }
    var old = [source.usesOldGenerator ? 1 : 0, source.oldSeed]
    visit("old random", &old)
    if isReading, isComplete, old.count == 2, old[0] == 1 { source.seedOld(old[1]) }
  }
}

/// Where an optimizer stands: parameters, cost, and gradient.
struct Point {
  var x: NDArray<Double>
  var cost: Double
  var gradient: NDArray<Double>

  static var nowhere: Point {
    Point(x: NDArray(zeros: .empty), cost: .infinity, gradient: NDArray(zeros: .empty))
  }

  /// The length of the gradient.
  var steepness: Double { Vector.norm(gradient) }
}

/// Loops over vectors.
enum Vector {
  static func dot(_ a: NDArray<Double>, _ b: NDArray<Double>) -> Double {
    var sum = 0.0
    for k in 0..<min(a.count, b.count) { sum += a[k] * b[k] }
    return sum
  }

  static func square(_ a: NDArray<Double>) -> Double { dot(a, a) }
  static func norm(_ a: NDArray<Double>) -> Double { square(a).squareRoot() }

  static func largest(_ a: NDArray<Double>) -> Double {
    var result = 0.0
    for x in a { result = abs(x) > result || x.isNaN ? abs(x) : result }
    return result
  }

  static func difference(_ a: NDArray<Double>, _ b: NDArray<Double>) -> NDArray<Double> {
    a.adding(-1, times: b)
  }
}

/// The options `CheckpointFile` and `CheckpointEvery`: where the state of a run is kept.
struct Checkpoint {
  private let file: String?
  private let every: Int
  private let context: Context
  private let name: String

  init(_ settings: OptimizerSettings, _ objective: Objective) {
    file = settings.value("CheckpointFile")?.stringValue
    every = max(1, settings.count("CheckpointEvery", default: 1))
    context = objective.context
    name = objective.name
  }

  func isDue(_ iteration: Int) -> Bool { file != nil && iteration > 0 && iteration % every == 0 }

  /// The state to go on from; nil when the run begins.
  func read() throws(RuntimeError) -> Archive? {
    guard let file, context.files.isFile(file) else { return nil }
    let bytes: [UInt8]
    do { bytes = try context.files.read(file) } catch {
      throw RuntimeError("\(name): the checkpoint \(file) cannot be read: \(error.reason)")
    }
    guard let archive = Archive(bytes) else {
      throw RuntimeError("\(name): \(file) is not a checkpoint of an optimizer; delete it to begin anew")
    }
    return archive
  }

  /// After everything has been visited: the random numbers go on too.
  func finish(_ archive: inout Archive, _ fits: Bool) throws(RuntimeError) {
    if archive.isComplete, fits { archive.visit(context.state { RandomSource() }) }
    guard archive.isComplete, fits else {
      throw RuntimeError(
        "\(name): the checkpoint \(file ?? "") belongs to another run; delete it to begin anew")
    }
  }

  func write(_ archive: inout Archive) throws(RuntimeError) {
    guard let file else { return }
    archive.visit(context.state { RandomSource() })
    do { try context.files.write(archive.bytes, to: file) } catch {
      throw RuntimeError("\(name): the checkpoint \(file) cannot be written: \(error.reason)")
    }
  }
}
