function p = softmax (z, dim)
% Probabilities, for running our scripts in Octave.
if nargin < 2
  dim = find (size (z) != 1, 1);
  if isempty (dim)
    dim = 1;
  end
end
p = exp (z - max (z, [], dim));
p = p ./ sum (p, dim);
end
