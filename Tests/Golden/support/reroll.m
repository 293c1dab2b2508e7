function varargout = reroll (theta, layout)
% The matrices that unroll made a column of, for running our scripts in Octave.
start = 0;
for k = 1:numel (layout)
  count = prod (layout{k});
  varargout{k} = reshape (theta(start + (1:count)), layout{k});
  start = start + count;
end
end
