function [X, fX, i] = fmincg (f, X, options, varargin)
% Conjugate gradients as C. E. Rasmussen's "minimize" of 2002 does them, for running our scripts in Octave:
% Polack-Ribiere directions, and a line search that interpolates until the Wolfe-Powell conditions hold.

rho = 0.01; sig = 0.5;            % the Wolfe-Powell conditions
int = 0.1; ext = 3;               % how near to a bracket's end, how far beyond the last point
most = 20; ratio = 100;           % evaluations in a line search; growth of the first step

iterations = 100;
if nargin > 2 && isfield (options, 'MaxIter') && ! isempty (options.MaxIter)
  iterations = options.MaxIter;
end

i = 0;
failed = false;
fX = [];
[f1, df1] = feval (f, X, varargin{:});
s = -df1;
d1 = -s' * s;
z1 = 1 / (1 - d1);

while i < iterations
  i = i + 1;
  before = {X, f1, df1};
  [X, f2, df2, d2] = walk (f, X, z1, s, varargin);
  f3 = f1; d3 = d1; z3 = -z1;
  left = most;
  limit = -1;
  success = false;
  while true
    while (f2 > f1 + z1 * rho * d1 || d2 > -sig * d1) && left > 0
      limit = z1;
      if f2 > f1
        z2 = z3 - (0.5 * d3 * z3 * z3) / (d3 * z3 + f2 - f3);
      else
        A = 6 * (f2 - f3) / z3 + 3 * (d2 + d3);
        B = 3 * (f3 - f2) - z3 * (d3 + 2 * d2);
        z2 = (sqrt (B * B - A * d2 * z3 * z3) - B) / A;
      end
      if ! isreal (z2) || isnan (z2) || isinf (z2)
        z2 = z3 / 2;
      end
      z2 = max (min (z2, int * z3), (1 - int) * z3);
      z1 = z1 + z2;
      [X, f2, df2, d2] = walk (f, X, z2, s, varargin);
      left = left - 1;
      z3 = z3 - z2;
    end
    if f2 > f1 + z1 * rho * d1 || d2 > -sig * d1
      break;
    elseif d2 > sig * d1
      success = true;
      break;
    elseif left == 0
      break;
    end
    A = 6 * (f2 - f3) / z3 + 3 * (d2 + d3);
    B = 3 * (f3 - f2) - z3 * (d3 + 2 * d2);
    z2 = -d2 * z3 * z3 / (B + sqrt (B * B - A * d2 * z3 * z3));
    if ! isreal (z2) || isnan (z2) || isinf (z2) || z2 < 0
      if limit < -0.5
        z2 = z1 * (ext - 1);
      else
        z2 = (limit - z1) / 2;
      end
    elseif limit > -0.5 && z2 + z1 > limit
      z2 = (limit - z1) / 2;
    elseif limit < -0.5 && z2 + z1 > z1 * ext
      z2 = z1 * (ext - 1);
    elseif z2 < -z3 * int
      z2 = -z3 * int;
    elseif limit > -0.5 && z2 < (limit - z1) * (1 - int)
      z2 = (limit - z1) * (1 - int);
    end
    f3 = f2; d3 = d2; z3 = -z2;
    z1 = z1 + z2;
    [X, f2, df2, d2] = walk (f, X, z2, s, varargin);
    left = left - 1;
  end

  if success
    f1 = f2;
    fX = [fX; f1];
    printf ("Iteration  %4i | Cost: %4.6e\r", i, f1);
    s = (df2' * df2 - df1' * df2) / (df1' * df1) * s - df2;
    [df1, df2] = deal (df2, df1);
    d2 = df1' * s;
    if d2 > 0
      s = -df1;
      d2 = -s' * s;
    end
    z1 = z1 * min (ratio, d1 / (d2 - realmin));
    d1 = d2;
    failed = false;
  else
    [X, f1, df1] = before{:};
    if failed || i > iterations
      break;
    end
    [df1, df2] = deal (df2, df1);
    s = -df1;
    d1 = -s' * s;
    z1 = 1 / (1 - d1);
    failed = true;
  end
  fflush (stdout);
end
printf ("\n");
end

function [X, value, gradient, slope] = walk (f, X, step, s, more)
  X = X + step * s;
  [value, gradient] = feval (f, X, more{:});
  slope = gradient' * s;
end
