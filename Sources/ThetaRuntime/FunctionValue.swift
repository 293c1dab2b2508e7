import ThetaArrays

/// A function handle. The machine gives anonymous functions their code; this module only carries it.
public final class FunctionValue {
  public enum Kind {
    /// `@name`: looked up when it is called.
    case named(String)
    /// `@(x) …` with what it captured.
    case anonymous(any AnonymousFunction)
  }

  public let kind: Kind
  /// The machine's cache of what a name resolved to. Not part of the value.
  public var resolution: AnyObject?

  public init(_ kind: Kind) {
    self.kind = kind
  }

  public convenience init(named name: String) { self.init(.named(name)) }

  /// As `func2str` and the display write it: `sin`, `@(x) x + 1`.
  public var text: String {
    switch kind {
    case .named(let name): name
    case .anonymous(let function): function.text
    }
  }
}

/// The code and the captured values of `@(x) …`, made and run by the machine.
public protocol AnonymousFunction: AnyObject {
  /// `@(x) x + 1`, spaced as Octave prints it.
  var text: String { get }
  var parameterNames: [String] { get }
  /// Captured variables by name.
  var captures: [(String, Value)] { get }
}
