-- Notes that a drop is complete.
--
-- KEYS  1 drops under way
-- ARGV  1 qualified namespace   2 epoch of the drop
if redis.call('HGET', KEYS[1], ARGV[1]) == string.format('%.0f', tonumber(ARGV[2])) then
  return redis.call('HDEL', KEYS[1], ARGV[1])
end
return 0
