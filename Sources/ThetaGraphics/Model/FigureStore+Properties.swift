import ThetaArrays
import ThetaRuntime

// `get` and `set`: properties that are computed, and what setting one does to others. Messages are Octave's.

extension FigureStore {
  /// A property by its full name in small letters; nil when the object has no such property.
  package func get(_ object: GraphicsObject, _ name: String) -> Value? {
    guard let property = object.kind.schema.resolve(name) else { return nil }
    let name = property.name
    if let value = common(object, name) { return value }
    switch object.kind {
    case .axes, .legend, .colorbar: if let value = axesProperty(object, name) { return value }
    case .figure: if let value = figureProperty(object, name) { return value }
    default: break
    }
    return object[name]
  }

  private func common(_ object: GraphicsObject, _ name: String) -> Value? {
    switch name {
    case "type": return .string(object.kind.typeName)
    case "parent": return object.parent.map { .number($0.handle) } ?? .emptyMatrix
    case "children":
      let visible = object.children.filter { $0.text("handlevisibility") == "on" }
      if visible.isEmpty { return .make(NDArray<Double>(zeros: Shape(0, 1))) }
      return .column(visible.reversed().map(\.handle))
    case "label" where object.kind == .colorbar: return .number(label("ylabel", of: object).handle)
    case "tag" where object.kind == .legend: return .string("legend")
    case "tag" where object.kind == .colorbar: return .string("colorbar")
    case "string" where object.kind == .legend:
      return .cell(Shape(1, object.entries.count), object.entries.map { .string($0.displayName) })
    default: return nil
    }
  }

  private func figureProperty(_ figure: GraphicsObject, _ name: String) -> Value? {
    switch name {
    case "number": return .number(figure.handle)
    case "colormap": return figure.isSet("colormap") ? nil : ColorScale.standard(figure).value
    case "currentaxes": return currentAxes(of: figure).map { .number($0.handle) } ?? .emptyMatrix
    case "alphamap": return .column((0..<64).map { Double($0) / 63 })
    default: return nil
    }
  }

  private func axesProperty(_ axes: GraphicsObject, _ name: String) -> Value? {
    switch name {
    case "xlim", "ylim", "zlim", "clim":
      let (low, high) = AxesModel(axes).limits(name)
      return .row([low, high])
    case "xtick", "ytick", "ztick":
      if axes.isSet(name) { return nil }
      return .row(AxesModel(axes).axis(name).ticks)
    case "xticklabel", "yticklabel", "zticklabel":
      if axes.isSet(name) { return nil }
      let axis = AxesModel(axes).axis(name)
      let labels = Ticks.labels(axis.ticks, isLogarithmic: axis.isLogarithmic)
      return .cell(Shape(1, labels.count), labels.map { .string($0) })
    case "title", "xlabel", "ylabel", "zlabel": return .number(label(name, of: axes).handle)
    case "colormap":
      return ColorScale.standard(axes).value
    case "colororder":
      if axes.isSet(name) { return nil }
      let colors = Palette.lines
      return .make(
        NDArray(
          Shape(colors.count, 3), colors.map(\.red) + colors.map(\.green) + colors.map(\.blue)))
    case "position", "innerposition":
      return axes.isSet("position") ? axes["position"] : .row(Place.nominal(axes))
    case "nextplot": return .string(axes.axesState?.isHeld == true ? "add" : "replace")
    case "legend": return axes.axesState?.legend.map { .number($0.handle) } ?? .emptyMatrix
    case "view":
      let view = AxesModel(axes).view
      return .row([view.azimuth, view.elevation])
    default: return nil
    }
  }

  // MARK: - Setting

  /// Sets a property by name. Errors are worded as `set` words them.
  package func set(_ object: GraphicsObject, _ name: String, _ value: Value) throws(RuntimeError) {
    if object.kind == .root, name.lowercased().hasPrefix("default") {
      defaults[String(name.lowercased().dropFirst(7))] = value
      return
    }
    // Names of MATLAB that Octave refuses, but that course code writes: how old displays erased marks, and the colour
    // of contour lines.
    if name.lowercased() == "erasemode" { return }
    let isContourColor = object.kind == .contour && name.lowercased() == "color"
    guard let property = object.kind.schema.resolve(isContourColor ? "linecolor" : name) else {
      throw unknown(name, object)
    }
    changes += 1
    if property.isReadOnly, property.name != "children" {
      throw RuntimeError("set: \"\(property.name)\" is read-only")
    }
    let stored = try checked(value, property, object)
    switch property.name {
    case "parent": try adopt(object, value)
    case "children":
      let handles = value.realArray?.list ?? []
      let order = handles.reversed().compactMap { self.object($0) }.filter { $0.parent === object }
      if order.count == object.children.count { object.children = order }
    case _ where object.axesState != nil && ["title", "xlabel", "ylabel", "zlabel"].contains(property.name):
      break
    case "nextplot" where object.kind == .axes:
      object.axesState?.isHeld = stored.stringValue == "add"
    case "string" where object.kind == .legend:
      for (entry, text) in zip(object.entries, stored.stringList ?? []) {
        entry["displayname"] = .string(text)
      }
    case "currentfigure":
      if let figure = self.object(value), figure.kind == .figure {
        object["currentfigure"] = .number(figure.handle)
      }
    default:
      object[property.name] = stored
      follow(object, property.name)
    }
  }

  private func unknown(_ name: String, _ object: GraphicsObject) -> RuntimeError {
    object.kind.typeName == "hggroup" || object.kind == .scatter
      ? RuntimeError("set: unknown property \"\(name)\"")
      : RuntimeError("set: unknown \(object.kind.typeName) property \(name)")
  }

  /// Setting limits or ticks makes them fixed; asking for "auto" frees them again.
  private func follow(_ object: GraphicsObject, _ name: String) {
    guard object.axesState != nil else { return }
    switch name {
    case "xlim", "ylim", "zlim", "clim", "xtick", "ytick", "ztick", "xticklabel", "yticklabel", "zticklabel":
      object[name + "mode"] = .string("manual")
    case _ where name.hasSuffix("mode"):
      if object.text(name) == "auto" {
        object.clear(String(name.dropLast(4)))
      } else {
        let base = String(name.dropLast(4))
        if let value = get(object, base) { object[base] = value }
      }
    default: break
    }
  }

  private func adopt(_ object: GraphicsObject, _ value: Value) throws(RuntimeError) {
    guard let parent = self.object(value), !parent.isInside(object) else {
      let handle = value.firstReal ?? 0
      throw RuntimeError(
        "set: invalid graphics handle (= \(NumberLabel.general(handle, digits: 6))) for parent")
    }
    object.parent?.children.removeAll { $0 === object }
    object.parent = parent
    parent.children.append(object)
  }

  private func checked(
    _ value: Value, _ property: PropertySchema.Property, _ object: GraphicsObject
  ) throws(RuntimeError) -> Value {
    let name = property.name
    switch property.role {
    case .radio:
      guard let word = value.stringValue else {
        if case .logical(let flag) = value, property.words.contains("on") {
          return .string(flag ? "on" : "off")
        }
        throw RuntimeError("set: invalid value for radio property \"\(name)\"")
      }
      let lowered = word.lowercased()
      if let exact = property.words.first(where: { $0 == lowered }) { return .string(exact) }
      let matches = property.words.filter { !lowered.isEmpty && $0.hasPrefix(lowered) }
      guard let match = matches.first else { throw RuntimeError("invalid value = \(word)") }
      return .string(match)
    case .color:
      if let word = value.stringValue?.lowercased(), property.words.contains(word) || word == "none" {
        return .string(word)
      }
      if let word = value.stringValue?.lowercased(), word == "auto" || word == "flat" || word == "interp" {
        return .string(word)
      }
      if let color = ColorNames.value(value) { return color }
      if name == "markerfacecolor" || name == "markeredgecolor", value.shape.columns == 3,
        value.realArray != nil
      {
        return value
      }
      if let word = value.stringValue {
        throw RuntimeError("invalid value for color property \"\(name)\" (value = \(word))")
      }
      if value.realArray?.count == 3 { throw RuntimeError("invalid RGB color specification") }
      throw RuntimeError("invalid value for color property \"\(name)\"")
    case .double:
      guard !value.isText, value.count == 1, let number = value.firstReal else {
        throw RuntimeError("set: invalid value for double property \"\(name)\"")
      }
      if ["linewidth", "markersize", "fontsize"].contains(name), number <= 0 {
        throw RuntimeError("set: \"\(name)\" must be greater than 0")
      }
      return .number(number)
    case .array(let count):
      guard !value.isText, let array = value.realArray,
        count == 0 || array.count == count || name == "position"
      else { throw RuntimeError("invalid value for array property \"\(name)\"") }
      let places = object.kind == .text ? 2...3 : object.kind == .light ? 3...3 : 4...4
      if name == "position", !places.contains(array.count) {
        throw RuntimeError("invalid value for array property \"\(name)\"")
      }
      if ["xlim", "ylim", "zlim", "clim"].contains(name), array[0].isNaN || array[1].isNaN {
        throw RuntimeError("set: \"\(name)\" must not be nan")
      }
      if name.hasSuffix("lim"), !(array[0] < array[1]) {
        throw RuntimeError("invalid value for array property \"\(name)\"")
      }
      return .make(array)
    case .text:
      guard value.isText || value.isCell else {
        throw RuntimeError("set: invalid value for string property \"\(name)\"")
      }
      return value
    case .any:
      return value
    }
  }
}
