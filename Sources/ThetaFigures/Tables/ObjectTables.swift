import ThetaRuntime

// Objects by handle, and what has no effect on paper, declared. Usage lines are those of Octave, which its errors show.

enum ObjectTables {
  static let all: [[Builtin]] = [objects, quiet]

  static let objects: [Builtin] = [
    Builtin(
      """
      VAL = get (H)
      VAL = get (H, P)
      """,
      """
      A property of graphics objects, or all of them as a struct.
      """, multiple: Management.get),
    Builtin(
      """
      set (H, PROPERTY, VALUE, ...)
      set (H, PROPERTIES, VALUES)
      set (H, PV)
      VALUE_LIST = set (H, PROPERTY)
      ALL_VALUE_LIST = set (H)
      LIST = set (H, ...)
      """,
      """
      Sets properties of graphics objects.
      """, multiple: Management.set),
    Builtin(
      """
      H = findobj ()
      H = findobj (PROP_NAME, PROP_VALUE, ...)
      H = findobj (PROP_NAME, PROP_VALUE, "-LOGICAL_OP", PROP_NAME, PROP_VALUE)
      H = findobj ("-property", PROP_NAME)
      H = findobj ("-regexp", PROP_NAME, PATTERN)
      H = findobj (HLIST, ...)
      H = findobj (HLIST, "flat", ...)
      H = findobj (HLIST, "-depth", D, ...)
      """,
      """
      The objects whose properties have given values.
      """, Management.findobj),
    Builtin(
      """
      H = findall ()
      H = findall (PROP_NAME, PROP_VALUE, ...)
      H = findall (PROP_NAME, PROP_VALUE, "-LOGICAL_OP", PROP_NAME, PROP_VALUE)
      H = findall ("-property", PROP_NAME)
      H = findall ("-regexp", PROP_NAME, PATTERN)
      H = findall (HLIST, ...)
      H = findall (HLIST, "flat", ...)
      H = findall (HLIST, "-depth", D, ...)
      """,
      """
      Like findobj, hidden objects too.
      """, Management.findall),
    Builtin(
      """
      H = allchild (HANDLES)
      """,
      """
      The children of an object.
      """, Management.allchild),
    Builtin(
      """
      PARENT = ancestor (H, TYPE)
      PARENT = ancestor (H, TYPE, "toplevel")
      """,
      """
      The nearest parent of a type.
      """, Management.ancestor),
    Builtin(
      """
      RES = isprop (OBJ, "PROP")
      """,
      """
      True when an object has a property.
      """, Management.isprop),
    Builtin(
      """
      TF = ishandle (H)
      """,
      """
      True for the handles of graphics objects.
      """, Management.isHandle),
    Builtin(
      """
      TF = ishghandle (H)
      """,
      """
      True for the handles of graphics objects.
      """, Management.isHandle),
    Builtin(
      """
      TF = isfigure (H)
      """,
      """
      True for the handles of figures.
      """, Management.isFigure),
    Builtin(
      """
      TF = isaxes (H)
      """,
      """
      True for the handles of axes.
      """, Management.isAxes),
    Builtin(
      """
      hggroup ()
      hggroup (HAX)
      hggroup (..., PROPERTY, VALUE, ...)
      H = hggroup (...)
      """,
      """
      A group of graphics objects.
      """, multiple: Management.hggroup),
  ]

  static let quiet: [Builtin] = [
    Builtin(
      """
      drawnow ()
      drawnow ("expose")
      drawnow (TERM, FILE, DEBUG_FILE)
      """,
      """
      Nothing: pictures are made when a run ends.
      """, multiple: Management.drawnow),
    Builtin(
      """
      refresh ()
      refresh (H)
      """,
      """
      Nothing: pictures are made when a run ends.
      """, multiple: Management.refresh),
    Builtin(
      """
      waitforbuttonpress ()
      B = waitforbuttonpress ()
      """,
      """
      0 at once: there is no window.
      """, Management.press),
    Builtin(
      """
      NAME = graphics_toolkit ()
      NAME = graphics_toolkit (HLIST)
      graphics_toolkit (NAME)
      graphics_toolkit (HLIST, NAME)
      """,
      """
      "theta".
      """, multiple: Management.toolkit),
    Builtin(
      """
      lighting (TYPE)
      lighting (HAX, TYPE)
      """,
      """
      Accepted; pictures do not depend on it.
      """, multiple: Management.quiet),
    Builtin(
      """
      material (...)
      """,
      """
      Accepted; pictures do not depend on it.
      """, multiple: Management.quiet),
    Builtin(
      """
      camlight (...)
      """,
      """
      Accepted; pictures do not depend on it.
      """, multiple: Management.quiet),
    Builtin(
      """
      lightangle (...)
      """,
      """
      Accepted; pictures do not depend on it.
      """, multiple: Management.quiet),
    Builtin(
      """
      rotate3d (...)
      """,
      """
      Accepted; there is no window.
      """, multiple: Management.quiet),
    Builtin(
      """
      zoom (...)
      """,
      """
      Accepted; there is no window.
      """, multiple: Management.quiet),
    Builtin(
      """
      pan (...)
      """,
      """
      Accepted; there is no window.
      """, multiple: Management.quiet),
  ]
}
