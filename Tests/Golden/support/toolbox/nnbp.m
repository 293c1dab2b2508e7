function nn = nnbp(nn)
    n = nn.n;
    d{n} = - nn.e .* (nn.a{n} .* (1 - nn.a{n}));
    for i = (n - 1) : -1 : 2
        d_act = 1.7159 * 2/3 * (1 - 1/(1.7159)^2 * nn.a{i}.^2);
        if i+1==n
            d{i} = (d{i + 1} * nn.W{i}) .* d_act;
        else
            d{i} = (d{i + 1}(:,2:end) * nn.W{i}) .* d_act;
        end
    end
    for i = 1 : (n - 1)
        if i+1==n
            nn.dW{i} = (d{i + 1}' * nn.a{i}) / size(d{i + 1}, 1);
        else
            nn.dW{i} = (d{i + 1}(:,2:end)' * nn.a{i}) / size(d{i + 1}, 1);
        end
    end
end
