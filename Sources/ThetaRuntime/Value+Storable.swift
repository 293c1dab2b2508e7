import ThetaArrays

// Values with more elements than memory holds: ranges and diagonal matrices know theirs without storing them. Values
// beside which memory has no room for what an operation makes of them.

extension Value {
  /// Throws when memory has no room for another array of this size, as an operation on a large one makes it. Results that
  /// are larger than their operands are checked where their shape is made.
  package func checkRoom() throws(RuntimeError) {
    switch self {
    case .real(let a): if a.count >= 1 << 17 { try Call.check(a.shape) }
    case .single(let a): if a.count >= 1 << 17 { try Call.check(a.shape, elementSize: 4) }
    case .complex(let a): if a.count >= 1 << 17 { try Call.check(a.shape, elementSize: 16) }
    default: try checkStorable()
    }
  }

  /// Throws Octave's error when such elements would not fit into memory: asked before they are made.
  @inline(__always)
  package func checkStorable() throws(RuntimeError) {
    let isLarge =
      switch self {
      case .range(let r): r.count > 1 << 16
      case .diagonal(let d): max(d.rows, d.columns) > 1 << 8
      case .permutation(let p): p.size > 1 << 8
      default: false
      }
    if isLarge { try Call.check(shape) }
  }

  /// The same for an argument of a builtin, which may also fill in the empty dimension of an array: `sum (zeros (0, n))`.
  @inline(__always)
  package func checkStorableAsArgument() throws(RuntimeError) {
    try checkStorable()
    if case .real(let a) = self, a.count == 0, max(a.shape.rows, a.shape.columns) > 1 << 16 {
      try Call.check(Shape(a.shape.sizes.map { max($0, 1) }))
    }
  }
}

extension Builtin {
  /// Whether the function looks at the sizes and the class of its arguments only, or hands them on: then they may have
  /// more elements than memory holds.
  package var leavesArgumentsLazy: Bool { Builtin.lazy.contains(name) }

  private static let lazy: Set<String> = [
    "class", "columns", "deal", "double", "feval", "func2str", "inv", "is_function_handle", "isa", "isargout",
    "isbool", "iscell", "iscellstr", "ischar", "iscolumn", "iscomplex", "isempty", "isfield", "isfloat",
    "isinteger", "islogical", "ismatrix", "isnull", "isnumeric", "isobject", "isreal", "isrow", "isscalar",
    "issquare", "isstruct", "isvector", "length", "ndims", "numel", "rows", "setfield", "size", "size_equal",
    "sizeof", "struct",
  ]
}
