-- Adds to the number of writes that are known to be lost with the change to an incarnation.
--
-- KEYS  1 history   2 writes known to be lost, by incarnation
-- ARGV  1 incarnation that did not have them   2 how many more
local MOST = 256
local total = redis.call('HINCRBY', KEYS[2], ARGV[1], ARGV[2])
if redis.call('HLEN', KEYS[2]) > MOST then
  local known = {}
  for _, entry in ipairs(redis.call('LRANGE', KEYS[1], 0, -1)) do
    known[string.match(entry, '^[^:]*:[^:]*:([^:]*)')] = true
  end
  for _, incarnation in ipairs(redis.call('HKEYS', KEYS[2])) do
    if not known[incarnation] then
      redis.call('HDEL', KEYS[2], incarnation)
    end
  end
end
return total
