#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// Where ticks stand and what is written at them, as Octave chooses: steps of 1, 2 or 5 times a power of ten.

package enum Ticks {
  /// The distance of ticks over a range: about a fifth of it.
  package static func step(_ low: Double, _ high: Double) -> Double {
    let raw = (high - low) / 5
    guard raw > 0, raw.isFinite else { return 1 }
    let power = pow(10, floor(log10(raw)))
    let mantissa = raw / power
    guard power > 0, mantissa.isFinite else { return raw }
    if mantissa < 2.0.squareRoot() { return power }
    if mantissa < 10.0.squareRoot() { return 2 * power }
    if mantissa < 50.0.squareRoot() { return 5 * power }
    return 10 * power
  }

  /// The multiples of the step inside the limits; of that which suits them when none is given.
  package static func linear(_ low: Double, _ high: Double, step chosen: Double? = nil) -> [Double] {
    guard low.isFinite, high.isFinite, high > low else { return [] }
    let step = chosen ?? step(low, high)
    let first = ceil(low / step - 1e-9)
    let last = floor(high / step + 1e-9)
    guard last - first < 1000, last >= first, abs(first) < 1e15 else { return [low, high] }
    return stride(from: first, through: last, by: 1).map { clean($0, step) }
  }

  /// `count * step` without the last digits' noise (0.30000000000000004).
  private static func clean(_ count: Double, _ step: Double) -> Double {
    if count == 0 { return 0 }
    if step < 1 {
      let inverse = (1 / step).rounded()
      if abs(inverse * step - 1) < 1e-9 { return count / inverse }
    }
    return count * step
  }

  /// Powers of ten inside the limits; every second, third, … where there are many.
  package static func logarithmic(_ low: Double, _ high: Double, all: Bool = false) -> [Double] {
    guard low > 0, high > low, high.isFinite else { return [] }
    let first = Int(ceil(log10(low) - 1e-9))
    let last = Int(floor(log10(high) + 1e-9))
    guard first <= last else { return linear(low, high) }
    let stride = all ? 1 : max(1, (last - first) / 8 + ((last - first) % 8 == 0 || last - first < 8 ? 0 : 1))
    let ticks = Swift.stride(from: first, through: last, by: stride).map { pow(10, Double($0)) }
    if ticks.count >= 2 { return ticks }
    // Less than a decade: ordinary ticks tell more.
    let plain = linear(low, high).filter { $0 > 0 }
    return plain.count >= 2 ? plain : ticks
  }

  /// Limits that hold the data and end at ticks.
  package static func limits(_ low: Double, _ high: Double, isLogarithmic: Bool = false) -> (Double, Double) {
    if isLogarithmic {
      guard low > 0, high > 0, high.isFinite else { return (0.1, 1) }
      var a = floor(log10(low) + 1e-12)
      var b = ceil(log10(high) - 1e-12)
      if a == b {
        a -= 1
        b += 1
      }
      return (pow(10, a), pow(10, b))
    }
    let (low, high, _) = rounded(low, high)
    return (low, high)
  }

  /// Limits at ticks, and the distance of these. As in Octave what is a hair beyond a tick takes the next one (0.3 is more
  /// than six steps of 0.05), so nothing is rounded before the end.
  static func rounded(_ low: Double, _ high: Double) -> (low: Double, high: Double, step: Double) {
    var (low, high) = (low, high)
    if low == high {
      if low == 0 { return (-1, 1, step(-1, 1)) }
      let margin = 0.1 * abs(low)
      (low, high) = (low - margin, high + margin)
    }
    guard low.isFinite, high.isFinite, high - low > abs(high) * 1e-15 else {
      return (low, high, step(low, high))
    }
    // The step of the widened limits may be larger: once more then.
    var step = step(low, high)
    for round in 0..<2 {
      if round > 0 { step = self.step(low, high) }
      (low, high) = (step * floor(low / step), step * ceil(high / step))
      guard low.isFinite, high.isFinite else { return (low, high, step) }
    }
    func tidied(_ x: Double) -> Double {
      let count = (x / step).rounded()
      return count != 0 && abs(count * step - x) <= abs(x) * 1e-12 ? clean(count, step) : x
    }
    return (tidied(low), tidied(high), step)
  }

  /// Texts for ticks, without a common factor (as `get (gca, "xticklabel")` answers).
  package static func labels(_ ticks: [Double], isLogarithmic: Bool) -> [String] {
    if isLogarithmic, ticks.count > 1, ticks.allSatisfy({ isPowerOfTen($0) }) {
      return ticks.map { "10^{\(Int(log10($0).rounded()))}" }
    }
    return ticks.map { NumberLabel.general($0, digits: 6) }
  }

  private static func isPowerOfTen(_ x: Double) -> Bool {
    guard x > 0 else { return false }
    let e = log10(x)
    return abs(e - e.rounded()) < 1e-9
  }

  /// Texts for the picture: when the numbers are very large or small they share a power of ten, which stands at
  /// the end of the axis.
  static func shownLabels(_ ticks: [Double], isLogarithmic: Bool) -> (labels: [String], exponent: Int) {
    if isLogarithmic { return (labels(ticks, isLogarithmic: true), 0) }
    let largest = ticks.map(abs).max() ?? 0
    let spread = (ticks.last ?? 0) - (ticks.first ?? 0)
    guard largest > 0, largest.isFinite, largest >= 1e5 || largest < 1e-3, spread > largest * 1e-6 else {
      return (distinct(ticks, from: 8), 0)
    }
    let exponent = Int(floor(log10(largest)))
    let factor = pow(10, Double(exponent))
    return (distinct(ticks.map { ($0 / factor * 1e9).rounded() / 1e9 }, from: 5), exponent)
  }

  /// The numbers with so many digits, more where two would look the same.
  private static func distinct(_ ticks: [Double], from digits: Int32) -> [String] {
    for digits in stride(from: digits, to: 17, by: 1) {
      let texts = ticks.map { NumberLabel.general($0, digits: digits) }
      if Set(texts).count == Set(ticks).count { return texts }
    }
    return ticks.map { NumberLabel.general($0, digits: 17) }
  }
}

/// Numbers as short text.
package enum NumberLabel {
  /// C's `%g` with a number of digits.
  package static func general(_ x: Double, digits: Int32 = 5) -> String {
    if x == 0 { return "0" }
    if !x.isFinite { return x.isNaN ? "NaN" : x < 0 ? "-Inf" : "Inf" }
    return withVaList([digits, x]) { arguments in
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
        let length = vsnprintf(buffer.baseAddress, 64, "%.*g", arguments)
        return String(
          decoding: buffer.prefix(max(0, min(63, Int(length)))).map { UInt8(bitPattern: $0) }, as: UTF8.self)
      }
    }
  }

  /// With a true minus sign, for pictures.
  static func typographic(_ text: String) -> String {
    guard text.hasPrefix("-"), text.dropFirst().first?.isNumber == true || text.hasPrefix("-.") else {
      return text
    }
    return "−" + text.dropFirst()
  }
}
