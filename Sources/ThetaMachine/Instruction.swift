/// A register of the current frame: variables first, then pinned constants, then temporaries.
typealias Register = UInt16

/// One instruction, 8 bytes. d, a, b, c, i, j, v are registers of the current frame; k indexes a table of the
/// chunk that the comment names. Reading a variable that has no value calls the function of that name. Where an
/// instruction reads a run of registers (`first`, `count`), and wherever its slow path reads a temporary, it
/// takes the values out, so that no stale reference keeps an array from being changed in place.
enum Instruction: Equatable {
  // MARK: Moving values

  /// d ← a
  case move(d: Register, a: Register)
  /// d ← a; a ← no value
  case moveTemporary(d: Register, a: Register)
  /// d ← constants[k]
  case loadConstant(d: Register, k: UInt16)
  /// d ← no value
  case clear(d: Register)
  /// d ← a; of a comma-separated list the first value, and an empty list is an error.
  case single(d: Register, a: Register)
  /// first … first + count - 1 ← the values of a; registers beyond the list get no value.
  case unpack(first: Register, a: Register, count: UInt16)
  /// Error unless a has a value: element number k of an assignment list.
  case checkElement(a: Register, k: UInt16)
  /// Error unless a has a value: the right side of an assignment.
  case checkValue(a: Register)

  // MARK: Operators

  /// d ← a + b
  case add(d: Register, a: Register, b: Register)
  /// d ← a - b
  case subtract(d: Register, a: Register, b: Register)
  /// d ← a * b
  case multiply(d: Register, a: Register, b: Register)
  /// d ← a / b
  case divide(d: Register, a: Register, b: Register)
  /// d ← a ^ b
  case power(d: Register, a: Register, b: Register)
  /// d ← a .* b
  case hadamard(d: Register, a: Register, b: Register)
  /// d ← a ./ b
  case elementDivide(d: Register, a: Register, b: Register)
  /// d ← a .^ b
  case elementPower(d: Register, a: Register, b: Register)
  /// d ← a < b
  case less(d: Register, a: Register, b: Register)
  /// d ← a <= b
  case lessOrEqual(d: Register, a: Register, b: Register)
  /// d ← a == b
  case equal(d: Register, a: Register, b: Register)
  /// d ← a != b
  case notEqual(d: Register, a: Register, b: Register)
  /// d ← a >= b
  case greaterOrEqual(d: Register, a: Register, b: Register)
  /// d ← a > b
  case greater(d: Register, a: Register, b: Register)
  /// d ← a op b for the operators that have no case of their own; `operation` counts `BinaryOperation.allCases`.
  case binary(d: Register, a: Register, b: Register, operation: UInt8)
  /// d ← -a
  case negate(d: Register, a: Register)
  /// d ← !a
  case not(d: Register, a: Register)
  /// d ← a' and the like; `operation` counts `UnaryOperation.allCases`.
  case unary(d: Register, a: Register, operation: UInt8)
  /// d ← a * b, with a' when bit 0 of `transposed` is set and b' when bit 1 is.
  case product(d: Register, a: Register, b: Register, transposed: UInt8)
  /// d ← first : first+1 : first+2; first+1 has no value when there is no increment.
  case range(d: Register, first: Register)

  // MARK: Control

  /// pc ← target
  case jump(target: Int32)
  /// pc ← target when a is true
  case branch(target: Int32, a: Register)
  /// pc ← target when a is false
  case branchNot(target: Int32, a: Register)
  /// Skips the next instruction when (a < b) is `expected`.
  case testLess(a: Register, b: Register, expected: Bool)
  /// Skips the next instruction when (a <= b) is `expected`.
  case testLessOrEqual(a: Register, b: Register, expected: Bool)
  /// Skips the next instruction when (a == b) is `expected`.
  case testEqual(a: Register, b: Register, expected: Bool)
  /// Skips the next instruction when (a != b) is `expected`.
  case testNotEqual(a: Register, b: Register, expected: Bool)
  /// Skips the next instruction when (a >= b) is `expected`.
  case testGreaterOrEqual(a: Register, b: Register, expected: Bool)
  /// Skips the next instruction when (a > b) is `expected`.
  case testGreater(a: Register, b: Register, expected: Bool)
  /// d ← the truth of a as an operand of `&&` or `||`
  case truth(d: Register, a: Register, isOr: Bool)
  /// pc ← target when a, the left operand of `|` or `&` in a condition, is a scalar that decides it; a ← its truth.
  case conditionOperand(target: Int32, a: Register, isOr: Bool)
  /// d ← whether the case pattern b matches a
  case matchCase(d: Register, a: Register, b: Register)
  /// pc ← target when a has no value
  case branchUndefined(target: Int32, a: Register)
  /// Starts a loop over first : first+1 : first+2; the five registers from `state` hold it, d is the loop variable.
  case forRange(state: Register, d: Register, first: Register)
  /// Starts a loop over the columns of a.
  case forValues(state: Register, d: Register, a: Register)
  /// d ← the next value and pc ← pc + offset, or goes on when there is none.
  case forNext(offset: Int16, state: Register, d: Register)
  /// Takes the key of the struct field that the last `forNext` gave: d ← its name.
  case forKey(d: Register, state: Register)
  /// Ends the function: its output variables are the results.
  case returnOutputs
  /// Ends an anonymous function: a, or the values of the list a, are the results.
  case returnValue(a: Register)
  /// Raises the error in a again, if there is one.
  case rethrow(a: Register)
  /// Raises the error with the message names[k].
  case fail(k: UInt16)

  // MARK: Calls and parts of values

  /// Calls sites[site] with `count` arguments from `first`; the site says what becomes of the results.
  case call(d: Register, site: UInt16, first: Register, count: UInt8)
  /// d ← a(i)
  case index1(d: Register, a: Register, i: Register)
  /// d ← a(i, j)
  case index2(d: Register, a: Register, i: UInt8, j: UInt8)
  /// d ← a(first …), or a call when a is a function
  case index(d: Register, a: Register, first: Register, count: UInt8)
  /// d ← a{first …}
  case brace(d: Register, a: Register, first: Register, count: UInt8)
  /// d ← a.names[k]
  case field(d: Register, a: Register, k: UInt16)
  /// d ← a.(b)
  case dynamicField(d: Register, a: Register, b: Register)
  /// d ← a.name (d + 1 …), the name and the count being those of sites[site]: a method, or a field and an index.
  case method(d: Register, a: Register, site: UInt16)
  /// d ← what `end` means as subscript `position` of `count` into a
  case end(d: Register, a: Register, position: UInt8, count: UInt8)
  /// d ← what `end` means inside the place ends[k]
  case endOfPlace(d: Register, k: UInt16)
  /// d ← [ … ], its elements from `first`, its rows those of layouts[k]
  case matrix(d: Register, first: Register, k: UInt16)
  /// d ← { … }, its elements from `first`, its rows those of layouts[k]
  case cell(d: Register, first: Register, k: UInt16)
  /// d ← @names[k]
  case makeHandle(d: Register, k: UInt16)
  /// d ← closures[k] with the variables that it captures
  case makeClosure(d: Register, k: UInt16)
  /// d ← nargin, or nargout
  case argumentCount(d: Register, ofOutputs: Bool)

  // MARK: Assignment

  /// a(i) ← v
  case storeIndex1(a: Register, i: Register, v: Register)
  /// a(i, j) ← v
  case storeIndex2(a: Register, v: Register, i: UInt8, j: UInt8)
  /// a.names[k] ← v
  case storeField(a: Register, v: Register, k: UInt16)
  /// places[k] ← v
  case storePlace(k: UInt16, v: Register)
  /// d ← places[k], whose subscripts stay in their registers
  case loadPlace(d: Register, k: UInt16)
  /// Deletes places[k]: `a(i) = []`.
  case deletePlace(k: UInt16)
  /// d ← how many values an assignment to places[k] takes
  case countPlace(d: Register, k: UInt16)
  /// places[k] ← the next count values of the list, count being in c
  case storeMany(k: UInt16, list: Register, c: Register)
  /// Declares declarations[k]; pc ← target when it has a value already.
  case declare(target: Int32, k: UInt16)

  // MARK: Results

  /// Prints a under names[k].
  case display(a: Register, k: UInt16)
  /// ans ← a when a has a value, or each value of the list a in turn; prints it when `printing`.
  case answer(d: Register, a: Register, printing: Bool)
}
