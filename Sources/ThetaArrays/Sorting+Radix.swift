/// The stable order of doubles. Each becomes a 64-bit key whose unsigned order is the order wanted; few keys
/// are merged, many are distributed digit by digit, skipping the digits that all of them share.
@usableFromInline
enum DoubleOrder {
  @usableFromInline
  static func order(of values: UnsafeBufferPointer<Double>, descending: Bool) -> [Int] {
    let total = values.count
    var keys = [UInt64](repeating: 0, count: total)
    for i in 0..<total { keys[i] = key(values[i], descending: descending) }
    var sorted = true
    for i in 1..<total where keys[i] < keys[i - 1] {
      sorted = false
      break
    }
    var order = Array(0..<total)
    if sorted { return order }
    if total < 512 {
      keys.withUnsafeBufferPointer { keys in order.sortStably { keys[$0] < keys[$1] } }
      return order
    }
    distribute(&keys, &order)
    return order
  }

  /// Zero of either sign has one key, and so has every NaN: the last one, or the first when descending.
  private static func key(_ value: Double, descending: Bool) -> UInt64 {
    if value != value { return descending ? 0 : .max }
    let bits = (value + 0.0).bitPattern
    let ascending = bits >> 63 == 1 ? ~bits : bits | (1 << 63)
    return descending ? ~ascending : ascending
  }

  /// Least significant digit first, eleven bits at a time.
  private static func distribute(_ keys: inout [UInt64], _ order: inout [Int]) {
    let total = keys.count
    let (digits, bits, mask) = (6, 11, 2047)
    var counts = [Int](repeating: 0, count: digits << bits)
    for key in keys {
      for d in 0..<digits { counts[d << bits + Int(truncatingIfNeeded: key >> UInt64(d * bits)) & mask] += 1 }
    }
    var otherKeys = [UInt64](repeating: 0, count: total)
    var otherOrder = [Int](repeating: 0, count: total)
    for d in 0..<digits {
      let shift = UInt64(d * bits)
      let first = Int(truncatingIfNeeded: keys[0] >> shift) & mask
      if counts[d << bits + first] == total { continue }
      var sum = 0
      for digit in 0...mask {
        let number = counts[d << bits + digit]
        counts[d << bits + digit] = sum
        sum += number
      }
      for i in 0..<total {
        let key = keys[i]
        let slot = d << bits + Int(truncatingIfNeeded: key >> shift) & mask
        let position = counts[slot]
        counts[slot] = position + 1
        otherKeys[position] = key
        otherOrder[position] = order[i]
      }
      swap(&keys, &otherKeys)
      swap(&order, &otherOrder)
    }
  }
}
