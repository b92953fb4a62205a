-- Enters a namespace in the directory, unless it is there already.
--
-- KEYS  1 directory (hash of namespace to epoch)   2 drops under way (hash of namespace to epoch)
-- ARGV  1 qualified namespace
-- Answers {epoch, 0}, or {0, epoch of the drop} where a drop must be completed first.
local dropped = redis.call('HGET', KEYS[2], ARGV[1])
if dropped then
  return {0, tonumber(dropped)}
end
local epoch = redis.call('HGET', KEYS[1], ARGV[1])
if epoch then
  -- Written again so that replicas can confirm it to this caller, too.
  redis.call('HSET', KEYS[1], ARGV[1], epoch)
else
  local time = redis.call('TIME')
  epoch = string.format('%.0f', tonumber(time[1]) * 1000000 + tonumber(time[2]))
  redis.call('HSET', KEYS[1], ARGV[1], epoch)
end
return {tonumber(epoch), 0}
