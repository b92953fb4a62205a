-- Takes a namespace out of the directory and notes that its partitions must follow.
--
-- KEYS  1 directory             2 drops under way   3 what is kept of a drop that is to take place once, if it is
-- ARGV  1 qualified namespace   2 fingerprint       3 for how many ms the drop is known again
-- Answers the epoch of the drop: partitions with an older one are to be emptied. 0 where there is no such namespace,
-- and -1 where the key belongs to something else. Negative otherwise: it began before, with the epoch without its sign.
local DROPPED = 6
local time = redis.call('TIME')

if KEYS[3] then
  local kept = redis.call('GET', KEYS[3])
  if kept then
    local drop, _, length = struct.unpack('>I8BB', kept)
    if string.sub(kept, 11, 10 + length) ~= ARGV[2] then
      return -1
    end
    -- Written again so that replicas can confirm it to this caller, too.
    redis.call('SET', KEYS[3], kept, 'KEEPTTL')
    return -drop
  end
end

local function begun(drop)
  if KEYS[3] then
    local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
    local bytes = struct.pack('>I8BB', drop, DROPPED, #ARGV[2]) .. ARGV[2]
    redis.call('SET', KEYS[3], bytes, 'PXAT', string.format('%.0f', now + tonumber(ARGV[3])))
  end
  return drop
end

local under_way = redis.call('HGET', KEYS[2], ARGV[1])
if under_way then
  -- Written again so that replicas can confirm it to this caller, too.
  redis.call('HSET', KEYS[2], ARGV[1], under_way)
  return begun(tonumber(under_way))
end
local epoch = redis.call('HGET', KEYS[1], ARGV[1])
if not epoch then
  return 0
end
local drop = math.max(tonumber(time[1]) * 1000000 + tonumber(time[2]), tonumber(epoch) + 1)
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], string.format('%.0f', drop))
return begun(drop)
