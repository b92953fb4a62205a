-- Notes writes that are known to be lost with the change to an incarnation. To repeat it changes nothing, but is written
-- all the same, so that replicas can confirm it.
--
-- KEYS  1 history   2 writes known to be lost, by incarnation and note
-- ARGV  1 incarnation that did not have them   2 what tells the note from all others   3 how many writes
local MOST = 256
redis.call('HSET', KEYS[2], ARGV[1] .. ':' .. ARGV[2], ARGV[3])
if redis.call('HLEN', KEYS[2]) > MOST then
  local known = {}
  for _, entry in ipairs(redis.call('LRANGE', KEYS[1], 0, -1)) do
    known[string.match(entry, '^[^:]*:[^:]*:([^:]*)')] = true
  end
  for _, field in ipairs(redis.call('HKEYS', KEYS[2])) do
    if not known[string.match(field, '^[^:]*')] then
      redis.call('HDEL', KEYS[2], field)
    end
  end
end
return 1
