-- Ends a namespace in one partition: from here on its records cannot be read, and wait to be swept.
--
-- KEYS  1 epoch of the namespace here   2 index   3 set of what is to be swept
-- ARGV  1 qualified namespace           2 epoch of the drop
-- A negative epoch says "dropped". It stays for an hour to refuse writers that registered before the drop.
local LATE = 3600
local epoch = tonumber(redis.call('GET', KEYS[1]) or '0')
local drop = tonumber(ARGV[2])
if math.abs(epoch) >= drop then
  return 0
end
if redis.call('EXISTS', KEYS[2]) == 1 then
  local swept = KEYS[3] .. ':' .. string.format('%.0f', math.abs(epoch)) .. ':' .. ARGV[1]
  redis.call('RENAME', KEYS[2], swept)
  redis.call('SADD', KEYS[3], swept)
end
redis.call('SET', KEYS[1], string.format('%.0f', -drop), 'EX', LATE)
return 1
