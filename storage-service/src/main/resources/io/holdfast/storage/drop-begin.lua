-- Takes a namespace out of the directory and notes that its partitions must follow.
--
-- KEYS  1 directory   2 drops under way
-- ARGV  1 qualified namespace
-- Answers the epoch of the drop: partitions with an older one are to be emptied. 0 where there is no such namespace.
local under_way = redis.call('HGET', KEYS[2], ARGV[1])
if under_way then
  -- Written again so that replicas can confirm it to this caller, too.
  redis.call('HSET', KEYS[2], ARGV[1], under_way)
  return tonumber(under_way)
end
local epoch = redis.call('HGET', KEYS[1], ARGV[1])
if not epoch then
  return 0
end
local time = redis.call('TIME')
local drop = math.max(tonumber(time[1]) * 1000000 + tonumber(time[2]), tonumber(epoch) + 1)
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], string.format('%.0f', drop))
return drop
