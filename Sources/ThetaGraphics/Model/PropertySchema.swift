import ThetaArrays
import ThetaRuntime

/// What a kind of object is: its properties in Octave's order, their defaults, and the words that they take.
package struct PropertySchema: Sendable {
  /// A default, from which values are made: these belong to one session.
  enum Initial: Sendable {
    case text(String)
    case numbers([Double])
    case cell
  }

  package struct Property: Sendable {
    package var name: String
    var standard: Initial
    /// The words of a radio property, or the words that a colour may be besides a colour.
    package var words: [String] = []
    package var isReadOnly = false
    var role: Role

    var initial: Value {
      switch standard {
      case .text(let text): .string(text)
      case .numbers(let list): list.isEmpty ? .emptyMatrix : .row(list)
      case .cell: .cell(.empty, [])
      }
    }
  }

  enum Role: Sendable {
    /// One word of the list.
    case radio
    /// Three numbers, a colour's name, or one of the words.
    case color
    /// One number.
    case double
    /// Numbers; a count other than zero is the number of elements that there must be.
    case array(Int)
    case text
    case any
  }

  package let properties: [Property]
  private let places: [String: Int]

  package func property(_ name: String) -> Property? { places[name].map { properties[$0] } }

  /// A property by its name in any case, or by an abbreviation that only one property has.
  package func resolve(_ name: String) -> Property? {
    let name = name.lowercased()
    if let exact = property(name) { return exact }
    guard !name.isEmpty else { return nil }
    let matches = properties.filter { $0.name.hasPrefix(name) }
    return matches.count == 1 ? matches[0] : nil
  }

  init(_ tables: [String]) {
    var list: [Property] = []
    var places: [String: Int] = [:]
    for table in tables {
      for line in table.split(separator: "\n") {
        for entry in line.split(separator: ";") {
          guard let property = PropertySchema.parse(entry) else { continue }
          if let place = places[property.name] {
            list[place] = property
          } else {
            places[property.name] = list.count
            list.append(property)
          }
        }
      }
    }
    properties = list
    self.places = places
  }

  /// `!name [0 1] {a|b}`
  private static func parse(_ entry: Substring) -> Property? {
    var words = entry.split(separator: " ")
    guard !words.isEmpty else { return nil }
    var name = String(words.removeFirst())
    let isReadOnly = name.hasPrefix("!")
    if isReadOnly { name.removeFirst() }
    var options: [String] = []
    if let last = words.last, last.hasPrefix("{"), last != "{}", words.count > 1 {
      let list = PropertyTables.wordLists[String(last)] ?? String(last)
      options = list.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false).map(
        String.init)
      // The marker `|` looks like two empty words.
      if list.hasSuffix("||}") { options = options.filter { !$0.isEmpty } + ["|"] }
      words.removeLast()
    }
    let text = words.joined(separator: " ")
    let standard: Initial
    if text.hasPrefix("'") {
      standard = .text(String(text.dropFirst()))
    } else if text == "{}" {
      standard = .cell
    } else {
      standard = .numbers(text.dropFirst().dropLast().split(separator: " ").compactMap { Double($0) })
    }
    return Property(
      name: name, standard: standard, words: options, isReadOnly: isReadOnly,
      role: role(name, standard, options))
  }

  private static func role(_ name: String, _ standard: Initial, _ words: [String]) -> Role {
    if name.hasSuffix("color"), name != "ambientlightcolor" { return .color }
    if name == "colormap" || name == "alphamap" { return .any }
    if !words.isEmpty { return .radio }
    if case .cell = standard { return .any }
    if case .text = standard { return name == "string" ? .any : .text }
    switch name {
    case "xdata", "ydata", "zdata", "cdata", "sizedata", "ldata", "udata", "vdata", "xtick", "ytick", "ztick":
      return .array(0)
    case "xlim", "ylim", "zlim", "clim", "alim", "view": return .array(2)
    case "position", "outerposition", "innerposition": return .array(4)
    case "alphadata": return .array(0)
    default: break
    }
    if case .numbers(let list) = standard, list.count == 1 { return .double }
    return .any
  }
}

/// The kinds of graphics objects. Bars, contours and other marks of several parts are one object here, of the type
/// "hggroup" as in Octave.
package enum ObjectKind: String, CaseIterable, Sendable {
  case root
  case figure
  case axes
  case line
  case text
  case image
  case patch
  case surface
  case scatter
  case bar
  case contour
  case errorbar
  case quiver
  case stem
  case area
  case stairs
  case rectangle
  case legend
  case colorbar
  case light
  case group

  /// `get (h, "type")`
  package var typeName: String {
    switch self {
    case .bar, .contour, .errorbar, .quiver, .stem, .area, .stairs, .rectangle, .group: "hggroup"
    case .scatter: "scatter"
    case .legend, .colorbar: "axes"
    default: rawValue
    }
  }

  /// Stands inside axes and shows data.
  package var isMark: Bool {
    switch self {
    case .root, .figure, .axes, .legend, .colorbar, .light, .text: false
    default: true
    }
  }

  /// May be named in a legend.
  package var hasLegendEntry: Bool { isMark && self != .image && self != .group && self != .rectangle }

  package var schema: PropertySchema { ObjectKind.schemas[self] ?? PropertySchema([PropertyTables.base]) }

  private static let schemas: [ObjectKind: PropertySchema] = {
    var result: [ObjectKind: PropertySchema] = [:]
    for kind in ObjectKind.allCases { result[kind] = PropertySchema([PropertyTables.base] + kind.tables) }
    return result
  }()

  private var tables: [String] {
    switch self {
    case .root: [PropertyTables.root]
    case .figure: [PropertyTables.figure]
    case .axes: [PropertyTables.axes]
    case .line: [PropertyTables.line]
    case .text: [PropertyTables.text]
    case .image: [PropertyTables.image]
    case .patch: [PropertyTables.patch]
    case .surface: [PropertyTables.surface]
    case .scatter: [PropertyTables.scatter]
    case .bar: [PropertyTables.bar]
    case .contour: [PropertyTables.contour]
    case .errorbar: [PropertyTables.errorbar]
    case .quiver: [PropertyTables.quiver]
    case .stem: [PropertyTables.stem]
    case .area: [PropertyTables.area]
    case .stairs: [PropertyTables.stairs]
    case .rectangle: [PropertyTables.rectangle]
    case .legend: [PropertyTables.axes, PropertyTables.legend]
    case .colorbar: [PropertyTables.axes, PropertyTables.colorbar]
    case .light: [PropertyTables.light]
    case .group: [PropertyTables.group]
    }
  }
}
