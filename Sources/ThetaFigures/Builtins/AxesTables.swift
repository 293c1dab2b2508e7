import ThetaRuntime

// Axes, what is written around them, and figures, declared. Usage lines are those of Octave, which its errors show.

enum AxesTables {
  static let all: [[Builtin]] = [axes, decorations, figures, quiet]

  static let axes: [Builtin] = [
    Builtin(
      """
      axis ()
      axis ([X_LO X_HI])
      axis ([X_LO X_HI Y_LO Y_HI])
      axis ([X_LO X_HI Y_LO Y_HI Z_LO Z_HI])
      axis ([X_LO X_HI Y_LO Y_HI Z_LO Z_HI C_LO C_HI])
      axis (OPTION)
      axis (OPTION1, OPTION2, ...)
      axis (HAX, ...)
      LIMITS = axis ()
      LIMITS = axis (...)
      """,
      """
      The limits of the current axes, or how they are chosen: auto, manual, tight, equal, square, image,
      normal; on and off; ij (row 1 on top) and xy. Returns the limits.
      """, multiple: AxesFunctions.axis),
    Builtin(
      """
      XLIMITS = xlim ()
      XMODE = xlim ("mode")
      xlim ([X_LO X_HI])
      xlim ("auto")
      xlim ("manual")
      xlim (HAX, ...)
      LIMITS = xlim (...)
      """,
      """
      The limits of the horizontal axis.
      """, multiple: AxesFunctions.limit),
    Builtin(
      """
      YLIMITS = ylim ()
      XMODE = ylim ("mode")
      ylim ([Y_LO Y_HI])
      ylim ("auto")
      ylim ("manual")
      ylim (HAX, ...)
      LIMITS = ylim (...)
      """,
      """
      The limits of the vertical axis.
      """, multiple: AxesFunctions.limit),
    Builtin(
      """
      ZLIMITS = zlim ()
      XMODE = zlim ("mode")
      zlim ([Z_LO Z_HI])
      zlim ("auto")
      zlim ("manual")
      zlim (HAX, ...)
      LIMITS = zlim (...)
      """,
      """
      The limits of the third axis.
      """, multiple: AxesFunctions.limit),
    Builtin(
      """
      caxis ([cmin cmax])
      caxis ("auto")
      caxis ("manual")
      caxis (HAX, ...)
      LIMITS = caxis ()
      LIMITS = caxis (...)
      """,
      """
      The numbers at the ends of the colormap.
      """, multiple: AxesFunctions.limit),
    Builtin(
      """
      TICKVAL = xticks
      MODE = xticks ("mode")
      xticks (TICKVAL)
      xticks ("auto")
      xticks ("manual")
      VAL = xticks (HAX, ...)
      """,
      """
      Where the ticks of the horizontal axis stand.
      """, multiple: AxesFunctions.ticks),
    Builtin(
      """
      TICKVAL = yticks
      MODE = yticks ("mode")
      yticks (TICKVAL)
      yticks ("auto")
      yticks ("manual")
      VAL = yticks (HAX, ...)
      """,
      """
      Where the ticks of the vertical axis stand.
      """, multiple: AxesFunctions.ticks),
    Builtin(
      """
      TICKVAL = zticks
      MODE = zticks ("mode")
      zticks (TICKVAL)
      zticks ("auto")
      zticks ("manual")
      VAL = zticks (HAX, ...)
      """,
      """
      Where the ticks of the third axis stand.
      """, multiple: AxesFunctions.ticks),
    Builtin(
      """
      TICKVAL = xticklabels
      MODE = xticklabels ("mode")
      xticklabels (TICKVAL)
      xticklabels ("auto")
      xticklabels ("manual")
      VAL = xticklabels (HAX, ...)
      """,
      """
      What is written at the ticks of the horizontal axis.
      """, multiple: AxesFunctions.ticks),
    Builtin(
      """
      TICKVAL = yticklabels
      MODE = yticklabels ("mode")
      yticklabels (TICKVAL)
      yticklabels ("auto")
      yticklabels ("manual")
      VAL = yticklabels (HAX, ...)
      """,
      """
      What is written at the ticks of the vertical axis.
      """, multiple: AxesFunctions.ticks),
    Builtin(
      """
      TICKVAL = zticklabels
      MODE = zticklabels ("mode")
      zticklabels (TICKVAL)
      zticklabels ("auto")
      zticklabels ("manual")
      VAL = zticklabels (HAX, ...)
      """,
      """
      What is written at the ticks of the third axis.
      """, multiple: AxesFunctions.ticks),
    Builtin(
      """
      DATA_ASPECT_RATIO = daspect ()
      daspect (DATA_ASPECT_RATIO)
      daspect (MODE)
      DATA_ASPECT_RATIO_MODE = daspect ("mode")
      daspect (HAX, ...)
      R = daspect (...)
      """,
      """
      The length of the units of the axes relative to one another.
      """, multiple: AxesFunctions.ratio),
    Builtin(
      """
      PLOT_BOX_ASPECT_RATIO = pbaspect ( )
      pbaspect (PLOT_BOX_ASPECT_RATIO)
      pbaspect (MODE)
      PLOT_BOX_ASPECT_RATIO_MODE = pbaspect ("mode")
      pbaspect (HAX, ...)
      R = pbaspect (...)
      """,
      """
      The shape of the axes' box.
      """, multiple: AxesFunctions.ratio),
    Builtin(
      """
      hold
      hold on
      hold off
      hold (HAX, ...)
      """,
      """
      With hold on, new plots join those in the axes; with hold off they replace them.
      """, multiple: AxesFunctions.hold),
    Builtin(
      """
      TF = ishold
      TF = ishold (HAX)
      TF = ishold (HFIG)
      """,
      """
      True after hold on.
      """, AxesFunctions.ishold),
    Builtin(
      """
      grid
      grid on
      grid off
      grid minor
      grid minor on
      grid minor off
      grid (HAX, ...)
      """,
      """
      Lines across the axes at the ticks; minor adds lines between.
      """, multiple: AxesFunctions.grid),
    Builtin(
      """
      box
      box on
      box off
      box (HAX, ...)
      """,
      """
      The frame around the axes.
      """, multiple: AxesFunctions.box),
    Builtin(
      """
      view (AZIMUTH, ELEVATION)
      view ([AZIMUTH ELEVATION])
      view ([X Y Z])
      view (2)
      view (3)
      view (HAX, ...)
      [AZIMUTH, ELEVATION] = view ()
      [AZIMUTH, ELEVATION] = view (...)
      """,
      """
      The direction from which axes in space are seen, in degrees.
      """, multiple: AxesFunctions.view),
    Builtin(
      """
      subplot (ROWS, COLS, INDEX)
      subplot (ROWS, COLS, INDEX, HAX)
      subplot (RCN)
      subplot (HAX)
      subplot (..., "align")
      subplot (..., "replace")
      subplot ("position", POS)
      subplot (..., PROP, VAL, ...)
      HAX = subplot (...)
      """,
      """
      Axes in one cell, or in several, of a grid of ROWS by COLS cells, counted row by row.
      """, multiple: AxesFunctions.subplot),
    Builtin(
      """
      shading (TYPE)
      shading (HAX, TYPE)
      """,
      """
      How surfaces are coloured: faceted (with edges), flat, or interp.
      """, multiple: Surfaces.shading),
  ]

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
      hidden
      hidden on
      hidden off
      MODE = hidden (...)
      """,
      """
      Whether a mesh hides what lies behind it.
      """, multiple: Surfaces.hidden),
    Builtin(
      """
      linkaxes (HAX)
      linkaxes (HAX, OPTSTR)
      """,
      """
      Gives axes the same limits.
      """, multiple: Management.linkaxes),
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
