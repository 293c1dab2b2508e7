function count_calls ()
  persistent n = [];
  n(end+1) = 1; disp(numel(n))
end
