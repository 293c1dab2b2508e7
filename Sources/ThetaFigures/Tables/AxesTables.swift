import ThetaRuntime

// How axes stand and what they show, declared. Usage lines are those of Octave, which its errors show.

enum AxesTables {
  static let all: [[Builtin]] = [axes, limits]

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
      linkaxes (HAX)
      linkaxes (HAX, OPTSTR)
      """,
      """
      Gives axes the same limits.
      """, multiple: Management.linkaxes),
  ]

  static let limits: [Builtin] = [
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
  ]
}
