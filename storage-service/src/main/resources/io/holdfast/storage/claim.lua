-- Claims an idempotency key for as long as its owner is at work, or gives it back.
--
-- KEYS  1 the claim
-- ARGV  1 owner   2 lease in ms, 0 gives it back   3 fingerprint   4 for how many ms the key is known
-- Answers 1 claimed (or given back), 2 another owner is at work, 3 the key belongs to something else.
--
-- A claim is: end of the lease in ms (8 bytes), length of the fingerprint (1), fingerprint, owner.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local lease = tonumber(ARGV[2])
local claim = redis.call('GET', KEYS[1])
if claim then
  local ends, length = struct.unpack('>I8B', claim)
  if string.sub(claim, 10, 9 + length) ~= ARGV[3] then
    return 3
  end
  if string.sub(claim, 10 + length) ~= ARGV[1] and ends > now then
    return 2
  end
end
if lease == 0 then
  if claim and string.sub(claim, 10 + #ARGV[3]) == ARGV[1] then
    redis.call('DEL', KEYS[1])
  end
  return 1
end
local bytes = struct.pack('>I8B', now + lease, #ARGV[3]) .. ARGV[3] .. ARGV[1]
redis.call('SET', KEYS[1], bytes, 'PXAT', string.format('%.0f', now + math.max(lease, tonumber(ARGV[4]))))
return 1
