-- Takes expired records and what dropped namespaces left out of one partition, a bounded number at a time.
--
-- KEYS  1 expiry index of the partition   2 set of what is to be swept   3 drops under way in this directory
-- ARGV  1 the most records to look at     2 prefix of record keys        3 prefix of index keys
-- Answers {1 if there is more to do else 0, records swept, then namespace and epoch of each drop under way}.
--
-- The record and index keys are made here: all carry the partition's hash tag, so they lie in the same slot.
local HEAD = 33
local most = tonumber(ARGV[1])
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local looked, swept = 0, 0

local function head(record)
  local bytes = redis.call('GETRANGE', record, 0, HEAD - 1)
  if #bytes < HEAD then
    return nil
  end
  local _, epoch, expires = struct.unpack('>I8I8I8', bytes)
  return {epoch = epoch, expires = expires}
end

-- A member is kind:name:key, the key being anything.
local function split(member)
  local second = string.find(member, ':', string.find(member, ':', 1, true) + 1, true)
  return string.sub(member, 1, second - 1), string.sub(member, second + 1)
end

local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now), 'LIMIT', 0, most)
for _, member in ipairs(due) do
  looked = looked + 1
  local found = head(ARGV[2] .. member)
  if found and found.expires > now then
    redis.call('ZADD', KEYS[1], found.expires, member)
  else
    local namespace, key = split(member)
    if not found or found.expires > 0 then
      redis.call('DEL', ARGV[2] .. member)
      redis.call('ZREM', ARGV[3] .. namespace, key)
    end
    redis.call('ZREM', KEYS[1], member)
    swept = swept + 1
  end
end

local left = redis.call('SRANDMEMBER', KEYS[2])
while left and looked < most do
  local from = #KEYS[2] + 2
  local colon = string.find(left, ':', from, true)
  local epoch = tonumber(string.sub(left, from, colon - 1))
  local namespace = string.sub(left, colon + 1)
  local keys = redis.call('ZRANGE', left, 0, most - looked - 1)
  for _, key in ipairs(keys) do
    local record = ARGV[2] .. namespace .. ':' .. key
    local found = head(record)
    if found and found.epoch <= epoch then
      redis.call('DEL', record)
      if found.expires > 0 then
        redis.call('ZREM', KEYS[1], namespace .. ':' .. key)
      end
    end
  end
  looked = looked + #keys
  swept = swept + #keys
  if #keys > 0 then
    redis.call('ZREMRANGEBYRANK', left, 0, #keys - 1)
  end
  if redis.call('EXISTS', left) == 0 then
    redis.call('SREM', KEYS[2], left)
    left = redis.call('SRANDMEMBER', KEYS[2])
  end
end

local answer = {(looked >= most) and 1 or 0, swept}
for _, value in ipairs(redis.call('HGETALL', KEYS[3])) do
  answer[#answer + 1] = value
end
return answer
