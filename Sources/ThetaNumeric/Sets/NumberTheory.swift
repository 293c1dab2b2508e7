import Glibc
import ThetaArrays
import ThetaRuntime

// Whole numbers: divisors, primes, combinations.

enum NumberTheory {
  static let table: [Builtin] = [
    Builtin(
      "[g, v...] = gcd (a, b...)",
      """
      The greatest common divisor of whole numbers, element by element; v1, v2, … with g = v1 a + v2 b + ….
      Error "gcd: all values must be integers".

      >> gcd (12, 18)
      ans = 6
      """, multiple: gcd),
    Builtin(
      "l = lcm (x, y...)",
      """
      The least common multiple of whole numbers.

      >> lcm (4, 6)
      ans = 12
      """, lcm),
    Builtin(
      "[p, n] = factor (q)",
      """
      The prime factors of a whole number in order; with two outputs distinct ones and their powers.

      >> factor (60)
      ans =

         2   2   3   5

      """,
      multiple: factor),
    Builtin(
      "t = isprime (x)",
      """
      True where a whole number is prime. Error "isprime: X contains non-integer entries".

      >> isprime (1:5)
      ans =

        0  1  1  0  1

      """, isprime),
    Builtin(
      "p = primes (n)",
      """
      The primes up to n as a row.

      >> primes (20)
      ans =

          2    3    5    7   11   13   17   19

      """, primes),
    Builtin(
      "p = list_primes (n?)",
      """
      The first n (25) primes as a row.

      >> list_primes (5)
      ans =

          2    3    5    7   11

      """, listPrimes),
    Builtin(
      "y = factorial (n)",
      """
      n! of whole numbers ≥ 0.

      >> factorial ([0 5])
      ans =

           1   120

      """, factorial),
    Builtin(
      "c = nchoosek (n, k)",
      """
      The number of ways to choose k of n; for a vector n all choices of k of its elements, one a row.

      >> nchoosek (5, 2)
      ans = 10
      """, nchoosek),
    Builtin(
      "p = perms (v)",
      """
      All permutations of the elements of v, one a row, in reverse order.

      >> perms ([1 2 3])
      ans =

         3   2   1
         3   1   2
         2   3   1
         2   1   3
         1   3   2
         1   2   3

      """, perms),
  ]

  private static func greatestDivisor(_ a: Double, _ b: Double) -> Double {
    var (x, y) = (Swift.abs(a), Swift.abs(b))
    while y != 0 { (x, y) = (y, Glibc.fmod(x, y)) }
    return x
  }

  /// g, u, v with g = u a + v b.
  private static func extended(_ a: Double, _ b: Double) -> (Double, Double, Double) {
    var (x, y) = (Swift.abs(a), Swift.abs(b))
    var (lx, ly, mx, my) = (0.0, 1.0, 1.0, 0.0)
    while y != 0 {
      let q = (x / y).rounded(.down)
      (x, y) = (y, Glibc.fmod(x, y))
      (lx, mx) = (mx - q * lx, lx)
      (ly, my) = (my - q * ly, ly)
    }
    return (x, a >= 0 ? mx : -mx, b >= 0 ? my : -my)
  }

  private static func resultClass(_ call: Call) throws(RuntimeError) -> String {
    var integer: String?
    for value in call.arguments where value.isInteger {
      if let integer, integer != value.className {
        throw RuntimeError("gcd: invalid class combination for gcd: \(integer) and \(value.className)")
      }
      integer = value.className
    }
    return integer ?? (call.arguments.contains { $0.isSingle } ? "single" : "double")
  }

  /// Divisors and multiples of two arrays of 64-bit integers, for which doubles are not exact enough; nil for others.
  private static func wide(_ a: Value, _ b: Value, multiple: Bool) throws(RuntimeError) -> Value? {
    func combine<E: RealElement & FixedWidthInteger>(
      _ x: NDArray<E>, _ y: NDArray<E>
    ) throws(RuntimeError) -> Value {
      .make(
        try RuntimeError.converting { () throws(ArrayError) in
          try NDArray<E>.zip(x, y) { a, b in
            var (p, q) = (a.magnitude, b.magnitude)
            while q != 0 { (p, q) = (q, p % q) }
            guard multiple else { return E(clamping: p) }
            return p == 0 ? 0 : a.multiplying(E(clamping: b.magnitude / p) * (b < 0 ? 0 - 1 : 1))
          }
        })
    }
    switch (a, b) {
    case (.int64(let x), .int64(let y)): return try combine(x, y)
    case (.uint64(let x), .uint64(let y)): return try combine(x, y)
    default: return nil
    }
  }

  private static func whole(_ call: Call, _ k: Int, _ function: String) throws(RuntimeError) -> NDArray<
    Double
  > {
    let x = try call.numbers(k)
    guard x.allElements({ $0.isFinite && $0 == $0.rounded() }) else {
      throw RuntimeError("\(function): all values must be integers")
    }
    return x
  }

  static func gcd(_ call: inout Call) throws(RuntimeError) -> [Value] {
    guard call.count >= 2 else { throw call.invalid }
    let name = try resultClass(call)
    if call.count == 2, call.outputs < 2, let result = try wide(call[0], call[1], multiple: false) {
      return [result]
    }
    var result = try whole(call, 0, "gcd")
    var factors: [NDArray<Double>] = [result.map { _ in 1 }]
    for k in 1..<call.count {
      let next = try whole(call, k, "gcd")
      guard result.shape == next.shape || result.count == 1 || next.count == 1 else {
        throw call.error("all values must be the same size")
      }
      let triples = try RuntimeError.converting { () throws(ArrayError) in
        (
          try NDArray<Double>.zip(result, next) { extended($0, $1).0 },
          try NDArray<Double>.zip(result, next) { extended($0, $1).1 },
          try NDArray<Double>.zip(result, next) { extended($0, $1).2 }
        )
      }
      result = triples.0
      factors = try factors.mapThrowing { (f: NDArray<Double>) throws(RuntimeError) in
        try RuntimeError.converting { () throws(ArrayError) in
          try NDArray<Double>.zip(f, triples.1) { $0 * $1 }
        }
      }
      factors.append(triples.2)
    }
    return [.converting(result, to: name)] + factors.map { .converting($0, to: name) }
  }

  static func lcm(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call.count >= 2 else { throw call.invalid }
    let name = try resultClass(call)
    if call.count == 2, let result = try wide(call[0], call[1], multiple: true) { return result }
    var result = try whole(call, 0, "gcd")
    for k in 1..<call.count {
      let next = try whole(call, k, "gcd")
      guard result.shape == next.shape || result.count == 1 || next.count == 1 else {
        throw call.error("all args must be the same size or scalar")
      }
      result = try RuntimeError.converting { () throws(ArrayError) in
        try NDArray<Double>.zip(result, next) { x, y in
          let divisor = greatestDivisor(x, y)
          return divisor == 0 ? 0 : x * (y / divisor)
        }
      }
    }
    return .converting(result, to: name)
  }

  private static func primeFactors(_ n: UInt64) -> [UInt64] {
    guard n >= 4 else { return [n] }
    var rest = n
    var result: [UInt64] = []
    var p: UInt64 = 2
    while rest / p >= p {
      if p > 1000, isPrime(rest) { break }
      while rest % p == 0 {
        result.append(p)
        rest /= p
      }
      p += p == 2 ? 1 : 2
    }
    if rest > 1 { result.append(rest) }
    return result
  }

  /// The number in a scalar of 64 bits, exactly; other numbers by way of a double.
  private static func exact(_ value: Value) -> UInt64? {
    switch value {
    case .uint64(let a): return a.count == 1 ? a[0] : nil
    case .int64(let a): return a.count == 1 ? UInt64(exactly: a[0]) : nil
    default: return value.firstReal.flatMap { UInt64(exactly: $0) }
    }
  }

  /// A row of whole numbers in the class of another value.
  private static func row(_ numbers: [UInt64], like value: Value) -> Value {
    switch value {
    case .uint64: return .make(NDArray(row: numbers))
    case .int64: return .make(NDArray(row: numbers.map { Int64(clamping: $0) }))
    default:
      let name = value.isFloat ? (value.isSingle ? "single" : "double") : value.className
      return .converting(NDArray(row: numbers.map { Double($0) }), to: name)
    }
  }

  static func factor(_ call: inout Call) throws(RuntimeError) -> [Value] {
    guard call[0].count == 1, !call[0].isComplex, let n = call[0].firstReal, n >= 0, n == n.rounded() else {
      throw call.error("Q must be a real non-negative integer")
    }
    guard n <= 9_007_199_254_740_992 || call[0].isInteger else {
      throw call.error("Q too large to factor (> flintmax)")
    }
    let factors = primeFactors(exact(call[0]) ?? 0)
    if call.outputs < 2 { return [row(factors, like: call[0])] }
    var distinct: [UInt64] = []
    var powers: [Double] = []
    for f in factors {
      if distinct.last == f {
        powers[powers.count - 1] += 1
      } else {
        distinct.append(f)
        powers.append(1)
      }
    }
    return [row(distinct, like: call[0]), .row(powers)]
  }

  private static func isPrime(_ x: Double) -> Bool {
    guard let n = UInt64(exactly: Swift.abs(x)) else { return false }
    return isPrime(n)
  }

  /// A complex whole number is prime when nothing but units and its multiples by them divides it: on an axis the primes of
  /// the form 4 k + 3, elsewhere those whose squared modulus is prime.
  private static func isPrime(_ z: ComplexDouble) -> Bool {
    if z.real == 0 || z.imaginary == 0 {
      let size = Swift.abs(z.real + z.imaginary)
      return isPrime(size) && size.truncatingRemainder(dividingBy: 4) == 3
    }
    return isPrime(z.real * z.real + z.imaginary * z.imaginary)
  }

  private static func isPrime(_ n: UInt64) -> Bool {
    if n < 4 { return n >= 2 }
    if n % 2 == 0 { return false }
    // Deterministic Miller-Rabin for 64 bits.
    var d = n - 1
    var s = 0
    while d % 2 == 0 {
      d /= 2
      s += 1
    }
    func multiply(_ a: UInt64, _ b: UInt64) -> UInt64 {
      let (high, low) = a.multipliedFullWidth(by: b)
      return n.dividingFullWidth((high, low)).remainder
    }
    witness: for a: UInt64 in [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37] {
      if a % n == 0 { continue }
      var power: UInt64 = 1
      var (base, exponent) = (a % n, d)
      while exponent > 0 {
        if exponent & 1 == 1 { power = multiply(power, base) }
        base = multiply(base, base)
        exponent >>= 1
      }
      if power == 1 || power == n - 1 { continue }
      for _ in 1..<max(1, s) {
        power = multiply(power, power)
        if power == n - 1 { continue witness }
      }
      return false
    }
    return true
  }

  static func isprime(_ call: inout Call) throws(RuntimeError) -> Value {
    switch call[0] {
    case .uint64(let a): return .make(a.map { isPrime($0) })
    case .int64(let a): return .make(a.map { isPrime($0.magnitude) })
    case .complex, .singleComplex:
      guard let z = call[0].complexArray else { throw call.wrongType(0) }
      guard z.allElements({ $0.real == $0.real.rounded() && $0.imaginary == $0.imaginary.rounded() }) else {
        throw call.error("X contains non-integer entries")
      }
      return .make(z.map { isPrime($0) })
    default: break
    }
    let x = try call.numbers(0)
    guard x.allElements({ $0 == $0.rounded() }) else { throw call.error("X contains non-integer entries") }
    if x.shape.isEmpty { return .make(NDArray<Double>(zeros: x.shape)) }
    return .make(x.map { isPrime(Swift.abs($0)) })
  }

  private static func sieve(_ n: Int) -> [Double] {
    if n < 2 { return [] }
    var composite = [Bool](repeating: false, count: n + 1)
    var result: [Double] = []
    for i in 2...n where !composite[i] {
      result.append(Double(i))
      var k = i.multipliedReportingOverflow(by: i).partialValue
      while k <= n && k > 0 {
        composite[k] = true
        k += i
      }
    }
    return result
  }

  static func primes(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call[0].count == 1, !call[0].isComplex, let x = call[0].firstReal else {
      throw call.error("N must be a real scalar")
    }
    if x.isNaN || (x.isInfinite && x > 0) { throw call.error("N must be finite (not +Inf or NaN)") }
    let n = x < 2 ? 0 : Int(exactly: x.rounded(.down)) ?? 0
    try Call.check(Shape(1, n), elementSize: 1)
    let name =
      call[0].isFloat || call[0].isText || call[0].isLogical
      ? (call[0].isSingle ? "single" : "double") : call[0].className
    return .converting(NDArray(row: sieve(n)), to: name)
  }

  static func listPrimes(_ call: inout Call) throws(RuntimeError) -> Value {
    let n = call.count > 0 ? try call.integer(0) : 25
    guard n >= 0, n < 100_000_000 else { throw call.error("N must be a non-negative integer") }
    if n == 0 { return .row([]) }
    let x = Double(max(n, 6))
    let bound = Int(x * (Glibc.log(x) + Glibc.log(Glibc.log(x)))) + 10
    return .row(Array(sieve(bound).prefix(n)))
  }

  static func factorial(_ call: inout Call) throws(RuntimeError) -> Value {
    guard !call[0].isCell, !call[0].isComplex, case let x = try call.numbers(0),
      x.allElements({ $0 >= 0 && $0 == $0.rounded() })
    else {
      throw call.error("all N must be real non-negative integers")
    }
    let name = call[0].isSingle ? "single" : "double"
    return .converting(x.map { $0 > 171 ? .infinity : Glibc.tgamma($0 + 1).rounded() }, to: name)
  }

  static func nchoosek(_ call: inout Call) throws(RuntimeError) -> Value {
    let n = call[0]
    guard call[1].count == 1, let kReal = call[1].firstReal, kReal >= 0, let k = Int(exactly: kReal) else {
      throw call.error("K must be an integer >= 0")
    }
    if n.shape.isScalar, !n.isCell {
      guard let total = n.firstReal, total >= kReal, total == total.rounded(), total >= 0 else {
        throw call.error("N must be a non-negative integer >= K")
      }
      let least = min(kReal, total - kReal)
      guard least < 10_000 else { return .number(.infinity) }
      var result = 1.0
      var numerator = total - least
      for i in stride(from: 1.0, through: max(0, least), by: 1) {
        numerator += 1
        // Divide out common factors first to stay exact as long as possible.
        let g = greatestDivisor(result, i)
        result = (result / g) * (numerator / (i / g))
      }
      result = result.rounded()
      if result > 9_007_199_254_740_992, n.isFloat {
        try call.context.warn(
          "nchoosek: possible loss of precision", identifier: "Octave:nchoosek:large-output")
      }
      return .converting(
        NDArray(scalar: result), to: n.isFloat ? (n.isSingle ? "single" : "double") : n.className)
    }
    let count = n.count
    if k == 0 { return n.isCell ? .cell(Shape(1, 0), []) : n.gathered([], Shape(1, 0)) }
    if k > count { return n.gathered([], Shape(0, k)) }
    var rows: [[Int]] = []
    var chosen = Array(0..<k)
    while true {
      rows.append(chosen)
      try Call.check(Shape(rows.count, k))
      var i = k - 1
      while i >= 0, chosen[i] == count - k + i { i -= 1 }
      if i < 0 { break }
      chosen[i] += 1
      for j in (i + 1)..<max(k, i + 1) { chosen[j] = chosen[j - 1] + 1 }
    }
    var offsets: [Int] = []
    offsets.reserveCapacity(rows.count * k)
    for j in 0..<k {
      for row in rows { offsets.append(row[j]) }
    }
    return n.gathered(offsets, Shape(rows.count, k))
  }

  static func perms(_ call: inout Call) throws(RuntimeError) -> Value {
    let n = call[0].count
    if n == 0 { return call[0].gathered([], Shape(1, 0)) }
    guard n <= 20 else { throw RuntimeError(.tooLarge) }
    let count = (1...n).reduce(1, *)
    try Call.check(Shape(count, n))
    // Positions in descending lexicographic order, of numbers in the order of their size.
    var order = Array(0..<n)
    if call[0].isNumeric || call[0].isText, let x = call[0].realArray {
      order = x.sortedOrder()
    }
    var offsets = [Int](repeating: 0, count: count * n)
    var places = Array((0..<n).reversed())
    for row in 0..<count {
      for j in 0..<n { offsets[row + j * count] = order[places[j]] }
      // The permutation before: exchange the last place that is greater than its right neighbour with the last smaller
      // one, and turn round what follows.
      guard let k = places.indices.dropLast().last(where: { places[$0] > places[$0 + 1] }),
        let smaller = places.lastIndex(where: { $0 < places[k] })
      else { break }
      places.swapAt(k, smaller)
      places[(k + 1)...].reverse()
    }
    return call[0].gathered(offsets, Shape(count, n))
  }
}

extension Array {
  /// `map` with a typed error.
  func mapThrowing<Result, E: Error>(_ transform: (Element) throws(E) -> Result) throws(E) -> [Result] {
    var result: [Result] = []
    result.reserveCapacity(count)
    for element in self { result.append(try transform(element)) }
    return result
  }
}
