-- Counts the records of a namespace in one partition, without those whose time is over.
--
-- KEYS  1 epoch of the namespace here   2 index   3 expiry index of the partition
-- ARGV  1 qualified namespace
-- Answers the count, or -1 where records have expired and must be swept before an exact answer is possible.
local epoch = tonumber(redis.call('GET', KEYS[1]) or '0')
if epoch <= 0 then
  return 0
end
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
if redis.call('ZCOUNT', KEYS[3], '-inf', string.format('%.0f', now)) > 0 then
  return -1
end
return redis.call('ZCARD', KEYS[2])
