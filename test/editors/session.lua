-- A hover in Neovim as a person would have it. Prints one line of JSON for each thing seen.
local function said(what, value)
  io.stdout:write(vim.fn.json_encode({ what = what, value = value }) .. '\n')
end

local function wait_for(what, condition)
  if not vim.wait(60000, condition, 50) then
    error('Neovim waited in vain for ' .. what)
  end
end

local function text_of_float()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then
      local buffer = vim.api.nvim_win_get_buf(window)
      return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n')
    end
  end
end

local function session()
  said('filetype', vim.bo.filetype)
  wait_for('the language server', function()
    local client = vim.lsp.buf_get_clients(0)[1]
    return client and client.initialized
  end)
  vim.fn.search('RCS0.RING_TAIL')
  vim.lsp.buf.hover()
  wait_for('a hover', text_of_float)
  said('hover', text_of_float())
end

local ok, message = pcall(session)
if not ok then
  io.stderr:write(message .. '\n')
end
vim.cmd(ok and 'qall!' or 'cquit')
