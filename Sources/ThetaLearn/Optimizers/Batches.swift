import ThetaArrays
import ThetaRuntime

/// The data among the further arguments of a cost function, in portions. Data are the first of them and all others
/// with as many examples: rows, or columns with the option `Examples` "columns".
struct Batches {
  private let arguments: [Value]
  private let isData: [Bool]
  private let examplesAreColumns: Bool
  let count: Int
  let size: Int
  private var order: [Int]
  private let shuffles: Bool
  private var generator: SplitMix

  init(_ arguments: [Value], _ settings: OptimizerSettings, defaultSize: Int?, _ call: Call)
    throws(RuntimeError)
  {
    self.arguments = arguments
    let columns = settings.value("Examples")?.stringValue?.lowercased() == "columns"
    examplesAreColumns = columns
    func examples(_ value: Value) -> Int { columns ? value.shape.columns : value.shape.rows }
    let isArray = { (v: Value) in v.isNumeric || v.isLogical || v.isCell || v.isText }
    let m = arguments.first.map { isArray($0) ? examples($0) : 0 } ?? 0
    count = m > 1 ? m : 0
    isData = arguments.map { m > 1 && isArray($0) && examples($0) == m }
    let wanted = settings.count("BatchSize", default: defaultSize ?? max(1, m))
    guard wanted > 0 else { throw call.error("BatchSize must be a positive number") }
    size = m > 1 ? min(wanted, m) : 1
    order = Array(0..<count)
    shuffles = settings.value("Shuffle") == nil || settings.isOn("Shuffle")
    generator = SplitMix(seed: UInt64(truncatingIfNeeded: settings.count("Seed", default: 0)))
  }

  /// How many of the arguments are data.
  var dataCount: Int { isData.filter(\.self).count }

  /// Everything in one portion.
  var isWhole: Bool { count == 0 || size >= count }
  var batches: Int { count == 0 ? 1 : (count + size - 1) / size }

  /// A new order for a new epoch.
  mutating func shuffle() {
    guard shuffles, !isWhole else { return }
    for i in stride(from: count - 1, to: 0, by: -1) { order.swapAt(i, generator.below(i + 1)) }
  }

  /// The arguments with one portion of the data, and how many examples it has.
  func batch(_ k: Int) throws(RuntimeError) -> (arguments: [Value], count: Int) {
    if isWhole { return (arguments, max(1, count)) }
    let chosen = order[(k * size)..<min(count, (k + 1) * size)]
    let places = Value.make(NDArray(row: chosen.map { Double($0 + 1) }))
    var result = arguments
    for i in arguments.indices where isData[i] {
      var subscripts = [Value](repeating: .string(":"), count: arguments[i].shape.dimensionCount)
      subscripts[examplesAreColumns ? 1 : 0] = places
      result[i] = try subscripts.withArguments { window throws(RuntimeError) in
        try Indexing.element(arguments[i], window, name: "")
      }
    }
    return (result, chosen.count)
  }

  /// The further arguments with other data in the places of the data: for a validation set.
  func replacingData(with data: [Value]) -> [Value] {
    var result = arguments
    var next = 0
    for i in arguments.indices where isData[i] && next < data.count {
      result[i] = data[next]
      next += 1
    }
    if isData.allSatisfy({ !$0 }) { return data }
    return result
  }

  mutating func archive(_ archive: inout Archive) {
    var places = order.map(Double.init)
    archive.visit("order", &places)
    if archive.isReading {
      let restored = places.compactMap { Int(exactly: $0) }
      if restored.count == count, restored.allSatisfy({ 0 <= $0 && $0 < count }) { order = restored }
    }
    var state = [
      Double(generator.state >> 32), Double(generator.state & 0xffff_ffff),
    ]
    archive.visit("shuffle", &state)
    if archive.isReading, state.count == 2, let high = UInt64(exactly: state[0]),
      let low = UInt64(exactly: state[1])
    {
      generator.state = high << 32 | low
    }
  }
}

/// A small generator for shuffling (Steele, Lea and Flood, 2014).
struct SplitMix {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number below n, from zero.
  mutating func below(_ n: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(n)).high) }
}
