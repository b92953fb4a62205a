-- What scripts that move a partition's clock begin with.
--
-- The clock is `version:incarnation`: the last version given here, and under which incarnation of the primary. Every
-- start and every promotion of a Redis server is an incarnation of its own. The clock travels to replicas in order with
-- all writes, so where a new incarnation finds it, it says exactly how far the one before is known.
--
-- The history has an entry for each incarnation, the latest last:
-- `the one before:its last version:incarnation:version it begins behind:when, in ms`.
-- The one before is empty where the partition was, and `?` where the data are of a build that did not note it.
local MOST_HISTORY = 256
local UNTOLD = '0000000000000000'

local function read_clock(key)
  local text = redis.call('GET', key)
  if not text then
    return 0, ''
  end
  local colon = string.find(text, ':', 1, true)
  if not colon then
    return tonumber(text), '?'
  end
  return tonumber(string.sub(text, 1, colon - 1)), string.sub(text, colon + 1)
end

local function current_incarnation()
  local info = redis.pcall('INFO', 'replication')
  if type(info) == 'string' then
    local _, last = string.find(info, 'master_replid:', 1, true)
    if last then
      return string.sub(info, last + 1, last + 16)
    end
  end
  return UNTOLD
end

-- From the version `before`, which the incarnation `last` gave, to `version`, which `incarnation` gives.
local function move_clock(clock, history, before, last, version, incarnation, start, millis)
  if last ~= incarnation then
    redis.call('RPUSH', history, string.format('%s:%.0f:%s:%.0f:%.0f', last, before, incarnation, start, millis))
    redis.call('LTRIM', history, -MOST_HISTORY, -1)
  end
  redis.call('SET', clock, string.format('%.0f:%s', version, incarnation))
end

