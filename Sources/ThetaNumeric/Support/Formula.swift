import ThetaArrays
import ThetaRuntime

// Arithmetic on values inside formulas, with the language's rules for classes and broadcasting: `try a * b + c`.
// `*` and `/` are elementwise here; `Formula.product` is the matrix product.

extension Value {
  package static func + (a: Value, b: Value) throws(RuntimeError) -> Value {
    try Operators.binary(.add, a, b)
  }
  package static func - (a: Value, b: Value) throws(RuntimeError) -> Value {
    try Operators.binary(.subtract, a, b)
  }
  package static func * (a: Value, b: Value) throws(RuntimeError) -> Value {
    try Operators.binary(.hadamard, a, b)
  }
  package static func / (a: Value, b: Value) throws(RuntimeError) -> Value {
    try Operators.binary(.elementDivide, a, b)
  }
}

package enum Formula {
  package static func product(_ a: Value, _ b: Value) throws(RuntimeError) -> Value {
    try Operators.binary(.multiply, a, b)
  }

  package static func hermitian(_ a: Value) throws(RuntimeError) -> Value {
    try Operators.unary(.hermitian, a)
  }
  package static func transpose(_ a: Value) throws(RuntimeError) -> Value {
    try Operators.unary(.transpose, a)
  }
}

extension Formula {
  /// The elements' conjugates; real values as they are.
  package static func conjugate(_ a: Value) -> Value {
    switch a {
    case .complex(let z): .complex(z.map { $0.conjugate })
    case .singleComplex(let z): .singleComplex(z.map { $0.conjugate })
    default: a
    }
  }
}
