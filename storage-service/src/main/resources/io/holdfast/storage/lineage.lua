-- Notes the incarnation of the primary, and tells which there have been.
--
-- KEYS  1 clock of the partition   2 history   3 writes known to be lost, by incarnation
-- ARGV  1 `look` writes only what is new; `tell` writes in any case, so that replicas can confirm it
-- Answers {clock}, and where it is to tell {clock, {entry, …}, {incarnation, writes lost, …}}.
local before, last = read_clock(KEYS[1])
local incarnation = current_incarnation()
if last ~= '' and last ~= incarnation then
  local time = redis.call('TIME')
  local seconds, micros = tonumber(time[1]), tonumber(time[2])
  local start = math.max(seconds * 1000000 + micros - 1, before)
  local millis = seconds * 1000 + math.floor(micros / 1000)
  move_clock(KEYS[1], KEYS[2], before, last, before, incarnation, start, millis)
elseif ARGV[1] == 'tell' then
  redis.call('SET', KEYS[1], string.format('%.0f:%s', before, last))
end
local clock = redis.call('GET', KEYS[1]) or '0:'
if ARGV[1] == 'look' then
  return {clock}
end
return {clock, redis.call('LRANGE', KEYS[2], 0, -1), redis.call('HGETALL', KEYS[3])}
