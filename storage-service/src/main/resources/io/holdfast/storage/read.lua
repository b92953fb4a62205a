-- Reads records, and writes something, so that replicas can confirm that this is their primary.
--
-- KEYS  1 clock of the partition   2 epoch of the namespace   3… records and whatever else is to be read
-- Answers the values of all keys from the second on.
redis.call('SET', KEYS[1], redis.call('GET', KEYS[1]) or '0:')
return redis.call('MGET', unpack(KEYS, 2))
