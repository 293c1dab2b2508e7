import Testing

@testable import ThetaSyntax

// Precedence and associativity. Octave 7.3 gives both sides of every row the same value (or error), and a
// different one to the other readings, for a = 2, b = 3, c = 5, x = [1 2; 3 4].

@Suite struct PrecedenceTests {
  static let table = #"""
    -2^2  →  (-(2 ^ 2))
    2^-1  →  (2 ^ (-1))
    2^-1^2  →  ((2 ^ (-1)) ^ 2)
    2^-+3^2  →  ((2 ^ (-(+3))) ^ 2)
    2^!a  →  (2 ^ (!a))
    2^3^2  →  ((2 ^ 3) ^ 2)
    2^3'  →  ((2 ^ 3)')
    2^x(1)'  →  ((2 ^ x(1))')
    2.^x'  →  ((2 .^ x)')
    -x'  →  (-(x'))
    !x'  →  (!(x'))
    !x == b  →  ((!x) == b)
    !a^b  →  (!(a ^ b))
    -a*b  →  ((-a) * b)
    a*-b  →  (a * (-b))
    a - -b  →  (a - (-b))
    !!a  →  (!(!a))
    -a.^b  →  (-(a .^ b))
    a**b  →  (a ^ b)
    x.**b  →  (x .^ b)
    a ⊙ b  →  (a .* b)
    a+b*c  →  (a + (b * c))
    a*b+c  →  ((a * b) + c)
    a-b-c  →  ((a - b) - c)
    a/b/c  →  ((a / b) / c)
    a\b\c  →  ((a \ b) \ c)
    a/b*c  →  ((a / b) * c)
    a./b.*c  →  ((a ./ b) .* c)
    a*b'  →  (a * (b'))
    x'*x.'  →  ((x') * (x.'))
    x''  →  ((x')')
    x'.^2  →  ((x') .^ 2)
    a+1:b+2  →  ((a + 1):(b + 2))
    1:a:c*2  →  (1:a:(c * 2))
    1:3 == 1:3  →  ((1:3) == (1:3))
    1:3'  →  (1:(3'))
    -1:1  →  ((-1):1)
    a < b == c  →  ((a < b) == c)
    a == b < c  →  ((a == b) < c)
    a < b + c  →  (a < (b + c))
    a & b == c  →  (a & (b == c))
    a | b & c  →  (a | (b & c))
    a & b | c  →  ((a & b) | c)
    a && b | c  →  (a && (b | c))
    a || b && c  →  (a || (b && c))
    a && b || c  →  ((a && b) || c)
    a || b || c  →  ((a || b) || c)
    !a & b  →  ((!a) & b)
    a != b ~= c  →  ((a != b) != c)
    a = b = c  →  (a = (b = c))
    a = b += c  →  (a = (b += c))
    a += b * c  →  (a += (b * c))
    a ^= b + c  →  (a ^= (b + c))
    a |= b | c  →  (a |= (b | c))
    a = b || c  →  (a = (b || c))
    a.b(1)'  →  (a.b(1)')
    x(1)^2  →  (x(1) ^ 2)
    x'(1)  →  (x')(1)
    c{1}(2).d'  →  (c{1}(2).d')
    @(x) x + 1  →  @((x + 1))
    @(x) x'  →  @((x'))
    f = @() a == b  →  (f = @((a == b)))
    ++a  →  (++a)
    a++ + b  →  ((a++) + b)
    a + ++b  →  (a + (++b))
    -a++  →  (-(a++))
    """#

  @Test("operators group as in Octave", arguments: rows(PrecedenceTests.table))
  func grouping(row: Row) throws {
    #expect(grouped(try expression(row.left)) == row.right)
  }

  @Test(
    "these mean nothing",
    arguments: [
      "1:2:3:4", "a++b", "a--b", "a!", "1 +", "* 2", "a = = b", "a b' c", "@", "@(x)", "()", "a.", "a.(",
      "a..b",
      "[a, b] += 1", "[] = 1", "1 = 2", "a' = 1", "'x' = 1", "a + b = 1", "@() a = 1", "@() a++",
      "[a; b] = 1",
      "f(1,)", "f(,1)", "f(1 2)", "f(a:)", "[1,,2]", "~ = 1", "{~, 1}", "[~, 1]", "x.1",
    ])
  func rejected(text: String) {
    #expect(errors(text).count == 1)
  }
}
