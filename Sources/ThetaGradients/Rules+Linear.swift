import ThetaArrays
import ThetaRuntime

// Linear algebra, functions of two numbers, and what networks are made of.

extension Rules {
  static let linear: [(String, Rule)] = [
    ("inv", inverse), ("inverse", inverse), ("chol", cholesky), ("trace", trace), ("kron", kronecker),
    ("cross", cross), ("polyval", polynomial),
  ]

  private static func inverse(_ a: Application) throws(RuntimeError) -> [Value] {
    let (value, algebra) = (try a.value(), a.algebra)
    return [
      try a.record(
        value,
        .whole { g throws(RuntimeError) in
          try algebra.minus(try algebra.product(value, true, try algebra.product(g, false, value, true)))
        })
    ]
  }

  /// `chol` reads one triangle, so only that one has a gradient. (I. Murray, Differentiation of the Cholesky
  /// decomposition, 2016.)
  private static func cholesky(_ a: Application) throws(RuntimeError) -> [Value] {
    guard a.outputs == 1 else { throw a.refusal("chol with a second output") }
    let (value, algebra) = (try a.value(), a.algebra)
    let isLower = a.count > 1 && a[1].stringValue?.lowercased() == "lower"
    return [
      try a.record(
        value,
        .whole { g throws(RuntimeError) in
          let lower = isLower ? value : try algebra.transpose(value)
          let change = isLower ? g : try algebra.transpose(g)
          let inner = try algebra.call("tril", try algebra.product(lower, true, change))
          let halved = try algebra.subtract(
            inner, try algebra.times(try algebra.call("diag", try algebra.call("diag", inner)), 0.5))
          // L'^-1 halved L^-1
          let left = try algebra.solve(try algebra.transpose(lower), halved.full)
          let s = try algebra.transpose(
            try algebra.solve(try algebra.transpose(lower), try algebra.transpose(left)))
          let both = try algebra.add(s, try algebra.transpose(s))
          let once = try algebra.call(isLower ? "tril" : "triu", both)
          return try algebra.subtract(
            once, try algebra.call("diag", try algebra.call("diag", s)))
        })
    ]
  }

  private static func trace(_ a: Application) throws(RuntimeError) -> [Value] {
    // The ordinary function refuses what is no matrix.
    _ = try a.value()
    if a[0].isEmpty { return [.number(0)] }
    if a[0].shape.isVector { return [try a.algebra.index(a.arguments[0], .number(1))] }
    return [try a.algebra.call("sum", try a.algebra.call("diag", a.arguments[0]))]
  }

  private static func kronecker(_ a: Application) throws(RuntimeError) -> [Value] {
    guard a.count == 2, a[0].shape.is2D, a[1].shape.is2D else { throw a.refusal("this form") }
    let (m, n, p, q) = (a[0].shape.rows, a[0].shape.columns, a[1].shape.rows, a[1].shape.columns)
    try Call.check(Shape(m * p, n * q))
    let rows = (0..<m * p).map { Double($0 / p + 1) }
    let columns = (0..<n * q).map { Double($0 / q + 1) }
    let stretched = try a.algebra.index(a.arguments[0], .row(rows), .row(columns))
    let tiled = try a.algebra.call("repmat", a.arguments[1], .integer(m), .integer(n))
    return [try a.algebra.times(stretched, tiled)]
  }

  private static func cross(_ a: Application) throws(RuntimeError) -> [Value] {
    let (x, y, algebra) = (a.arguments[0], a.arguments[1], a.algebra)
    guard x.count == 3, y.count == 3 else { throw a.refusal("cross of matrices") }
    let shape = x.shape == y.shape ? x.shape : Shape(3, 1)
    let (u, v) = (try algebra.reshape(x, shape), try algebra.reshape(y, shape))
    let (next, last) = (Value.row([2, 3, 1]), Value.row([3, 1, 2]))
    let left = try algebra.times(try algebra.index(u, next), try algebra.index(v, last))
    let right = try algebra.times(try algebra.index(u, last), try algebra.index(v, next))
    return [try algebra.subtract(left, right)]
  }

  /// Horner's scheme.
  private static func polynomial(_ a: Application) throws(RuntimeError) -> [Value] {
    guard a.count == 2, a.outputs == 1 else { throw a.refusal("this form") }
    let (p, x, algebra) = (a.arguments[0], a.arguments[1], a.algebra)
    if p.isEmpty { return [.make(NDArray<Double>(zeros: x.shape))] }
    var result = try algebra.add(.make(NDArray<Double>(zeros: x.shape)), try algebra.index(p, .number(1)))
    for k in 1..<max(1, p.count) {
      result = try algebra.add(try algebra.times(result, x), try algebra.index(p, .integer(k + 1)))
    }
    return [result]
  }

  // MARK: - Functions of two numbers

  static let pairs: [(String, Rule)] = [
    (
      "hypot",
      pair { a, x, y, z throws(RuntimeError) in (try a.over(x, z), try a.over(y, z)) }
    ),
    (
      "atan2",
      pair { a, y, x, z throws(RuntimeError) in
        let squared = try a.add(try a.square(x), try a.square(y))
        return (try a.over(x, squared), try a.minus(try a.over(y, squared)))
      }
    ),
    (
      "mod",
      pair { a, x, y, z throws(RuntimeError) in
        (.number(1), try a.minus(try a.call("floor", try a.over(x.plain, y.plain))))
      }
    ),
    (
      "rem",
      pair { a, x, y, z throws(RuntimeError) in
        (.number(1), try a.minus(try a.call("fix", try a.over(x.plain, y.plain))))
      }
    ),
    (
      "nthroot",
      pair { a, x, n, z throws(RuntimeError) in
        (
          try a.over(z, try a.times(n, x)),
          // z = x^(1/n)
          try a.minus(
            try a.over(try a.times(z, try a.call("log", try a.call("abs", x))), try a.square(n)))
        )
      }
    ),
  ]

  /// A function of two broadcasting arguments from its two factors.
  private static func pair(
    _ factors: @escaping @Sendable (Algebra, Value, Value, Value) throws(RuntimeError) -> (Value, Value)
  ) -> Rule {
    { a throws(RuntimeError) in
      guard a.count == 2 else { throw a.refusal("this form") }
      let (x, y, algebra, value) = (a[0], a[1], a.algebra, try a.value())
      let (full, shapeX, shapeY) = (value.shape, x.shape, y.shape)
      return [
        try a.record(
          value,
          [
            (
              0,
              .elementwise { g throws(RuntimeError) in
                let factor = try factors(algebra, x, y, value).0
                return try algebra.reduce(try algebra.times(g, factor), from: full, to: shapeX)
              }
            ),
            (
              1,
              .elementwise { g throws(RuntimeError) in
                let factor = try factors(algebra, x, y, value).1
                return try algebra.reduce(try algebra.times(g, factor), from: full, to: shapeY)
              }
            ),
          ])
      ]
    }
  }

  // MARK: - Networks

  static let learning: [(String, Rule)] = [
    ("softmax", softmax), ("logsumexp", logarithmOfSum),
    ("leakyrelu", leaky), ("elu", exponentialUnit), ("softplus", softplus),
  ]

  private static func softmax(_ a: Application) throws(RuntimeError) -> [Value] {
    let (value, algebra) = (try a.value(), a.algebra)
    let dimension = try a.dimension(1, of: a[0].shape)
    return [
      try a.record(
        value,
        .elementwise { g throws(RuntimeError) in
          let weighted = try algebra.times(g, value)
          let sums = try algebra.sum(weighted, along: dimension)
          return try algebra.subtract(weighted, try algebra.times(value, sums))
        })
    ]
  }

  private static func logarithmOfSum(_ a: Application) throws(RuntimeError) -> [Value] {
    let (x, algebra) = (a[0], a.algebra)
    let dimension = try a.dimension(1, of: x.shape)
    return [
      try a.record(
        try a.value(),
        .elementwise { g throws(RuntimeError) in
          try algebra.times(try algebra.call("softmax", x, .integer(dimension + 1)), g)
        })
    ]
  }

  /// Units that are x above zero and a number, their second argument, times `below (x)` elsewhere.
  private static func kinked(
    _ a: Application, _ scale: Value, below: @escaping (Algebra, Value) throws(RuntimeError) -> Value,
    slope: @escaping (Algebra, Value) throws(RuntimeError) -> Value
  ) throws(RuntimeError) -> [Value] {
    let (x, algebra) = (a[0], a.algebra)
    // Zero in the place of what is above, so that no exponential of it overflows.
    func negative() throws(RuntimeError) -> Value { try algebra.call("min", x, .number(0)) }
    return [
      try a.record(
        try a.value(),
        [
          (
            0,
            .elementwise { g throws(RuntimeError) in
              let above = try algebra.mask(.greater, x, .number(0))
              let rest = try algebra.times(
                try algebra.subtract(.number(1), above),
                try algebra.times(try slope(algebra, try negative()), scale))
              return try algebra.times(g, try algebra.add(above, rest))
            }
          ),
          (
            1,
            .whole { g throws(RuntimeError) in
              try algebra.total(try algebra.times(g, try below(algebra, try negative())))
            }
          ),
        ])
    ]
  }

  private static func leaky(_ a: Application) throws(RuntimeError) -> [Value] {
    try kinked(a, a.count > 1 ? a[1] : .number(0.01)) { algebra, x throws(RuntimeError) in
      x
    } slope: {
      algebra, x throws(RuntimeError) in
      .number(1)
    }
  }

  private static func exponentialUnit(_ a: Application) throws(RuntimeError) -> [Value] {
    try kinked(a, a.count > 1 ? a[1] : .number(1)) { algebra, x throws(RuntimeError) in
      try algebra.call("expm1", x)
    } slope: { algebra, x throws(RuntimeError) in
      try algebra.call("exp", x)
    }
  }

  private static func softplus(_ a: Application) throws(RuntimeError) -> [Value] {
    let (x, algebra) = (a[0], a.algebra)
    return [
      try a.record(
        try a.value(),
        .elementwise { g throws(RuntimeError) in try algebra.times(g, try algebra.call("sigmoid", x)) })
    ]
  }
}
