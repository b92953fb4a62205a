-- Lists record keys of a namespace in one partition, each with the size of its record.
--
-- KEYS  1 index
-- ARGV  1 lower bound   2 upper bound (as ZRANGEBYLEX takes them)   3 the most keys   4 what record keys start with
-- Answers {key, bytes, key, bytes, …}. The record keys carry the index's hash tag, so they lie in the same slot.
local answer = {}
for _, key in ipairs(redis.call('ZRANGEBYLEX', KEYS[1], ARGV[1], ARGV[2], 'LIMIT', 0, ARGV[3])) do
  answer[#answer + 1] = key
  answer[#answer + 1] = redis.call('STRLEN', ARGV[4] .. key)
end
return answer
