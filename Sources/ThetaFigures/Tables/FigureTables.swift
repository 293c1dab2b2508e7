import ThetaRuntime

// Figures, what is written around axes, and files of pictures, declared. Usage lines are those of Octave, which its errors show.

enum FigureTables {
  static let all: [[Builtin]] = [decorations, figures]

  static let decorations: [Builtin] = [
    Builtin(
      """
      title (STRING)
      title (STRING, PROP, VAL, ...)
      title (HAX, ...)
      H = title (...)
      """,
      """
      A title over the axes. Markup such as \\theta, x^2, x_{ij}, \\bf is understood.
      """, multiple: Decorations.label),
    Builtin(
      """
      xlabel (STRING)
      xlabel (STRING, PROPERTY, VAL, ...)
      xlabel (HAX, ...)
      H = xlabel (...)
      """,
      """
      What the horizontal axis shows.
      """, multiple: Decorations.label),
    Builtin(
      """
      ylabel (STRING)
      ylabel (STRING, PROPERTY, VAL, ...)
      ylabel (HAX, ...)
      H = ylabel (...)
      """,
      """
      What the vertical axis shows.
      """, multiple: Decorations.label),
    Builtin(
      """
      zlabel (STRING)
      zlabel (STRING, PROPERTY, VAL, ...)
      zlabel (HAX, ...)
      H = zlabel (...)
      """,
      """
      What the third axis shows.
      """, multiple: Decorations.label),
    Builtin(
      """
      legend ()
      legend COMMAND
      legend (STR1, STR2, ...)
      legend (CHARMAT)
      legend ({CELLSTR})
      legend (..., PROPERTY, VALUE, ...)
      legend (HOBJS, ...)
      legend ("COMMAND")
      legend (HAX, ...)
      legend (HLEG, ...)
      [HLEG, HPLT] = legend (...)
      """,
      """
      Names for the series of the axes, in the order of their making or for given handles; location,
      orientation and other properties in pairs. Without a location the corner with the least data is
      taken.
      """, multiple: Decorations.legend),
    Builtin(
      """
      colorbar
      colorbar (..., LOC)
      colorbar (DELETE_OPTION)
      colorbar (HCB, ...)
      colorbar (HAX, ...)
      colorbar (..., "peer", HAX, ...)
      colorbar (..., "location", LOC, ...)
      colorbar (..., PROP, VAL, ...)
      H = colorbar (...)
      """,
      """
      A bar that tells which number has which colour.
      """, multiple: Decorations.colorbar),
    Builtin(
      """
      CMAP = colormap ()
      CMAP = colormap (MAP)
      CMAP = colormap ("default")
      CMAP = colormap (MAP_NAME)
      CMAP = colormap (HAX, ...)
      colormap MAP_NAME
      CMAP = colormap (...)
      """,
      """
      The colours that stand for numbers: the name of a map, or an n×3 matrix of red, green and blue.
      """, multiple: Decorations.colormap),
    Builtin(
      """
      light ()
      light (..., "PROP", VAL, ...)
      light (HAX, ...)
      H = light (...)
      """,
      """
      A lamp; pictures do not depend on it.
      """, multiple: Management.light),
  ]

  static let figures: [Builtin] = [
    Builtin(
      """
      figure
      figure N
      figure (N)
      figure (..., "PROPERTY", VALUE, ...)
      H = figure (...)
      """,
      """
      Makes a figure current, a new one when N is new or left out.
      """, multiple: Management.figure),
    Builtin(
      """
      close
      close (H)
      close FIGNAME
      close all
      close all hidden
      close all force
      STATUS = close (...)
      """,
      """
      Closes the current figure, some, or all.
      """, multiple: Management.close),
    Builtin(
      """
      closereq ()
      """,
      """
      Closes the current figure.
      """, multiple: Management.close),
    Builtin(
      """
      clf
      clf reset
      clf (HFIG)
      clf (HFIG, "reset")
      H = clf (...)
      """,
      """
      Empties the current figure.
      """, multiple: Management.clf),
    Builtin(
      """
      cla
      cla reset
      cla (HAX)
      cla (HAX, "reset")
      """,
      """
      Empties the current axes.
      """, multiple: Management.cla),
    Builtin(
      """
      axes ()
      axes (PROPERTY, VALUE, ...)
      axes (HPAR, PROPERTY, VALUE, ...)
      axes (HAX)
      H = axes (...)
      """,
      """
      Makes axes current, or makes new ones.
      """, multiple: Management.axes),
    Builtin(
      """
      newplot ()
      newplot (HFIG)
      newplot (HAX)
      HAX = newplot (...)
      """,
      """
      Prepares the current axes for a new plot.
      """, multiple: Management.newplot),
    Builtin(
      """
      H = gca ()
      """,
      """
      The current axes, made when there are none.
      """, Management.gca),
    Builtin(
      """
      H = gcf ()
      """,
      """
      The current figure, made when there is none.
      """, Management.gcf),
    Builtin(
      """
      print ()
      print (OPTIONS)
      print (FILENAME, OPTIONS)
      print (HFIG, ...)
      RGB = print ("-RGBImage", ...)
      """,
      """
      Writes a figure to a file: -dpng, -dsvg or -dpdf, or as its name ends; -rN dots per inch; -SW,H
      pixels.
      """, multiple: FigurePrinting.print),
    Builtin(
      """
      saveas (H, FILENAME)
      saveas (H, FILENAME, FMT)
      """,
      """
      Writes a figure to a file as PNG, SVG or PDF.
      """, multiple: FigurePrinting.saveas),
    Builtin(
      """
      publish (FILE)
      publish (FILE, OUTPUT_FORMAT)
      publish (FILE, OPTION1, VALUE1, ...)
      publish (FILE, OPTIONS)
      OUTPUT_FILE = publish (FILE, ...)
      """,
      """
      Runs a script and writes one page with its text, what each part printed, and its figures, into the folder html
      beside the script or into that of the option outputDir; format is html or pdf.
      """, multiple: FigurePrinting.publish),
  ]
}
