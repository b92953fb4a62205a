-- Applies writes to records of one namespace in one partition, each on its own, in order.
--
-- KEYS  1 epoch of the namespace here   2 index (sorted set of record keys)   3 expiry index of the partition
--       4 clock of the partition        5 set of what is to be swept          6… one record key for each write
-- ARGV  1 qualified namespace           2 epoch just registered, 0 if none
--       then for each write: kind (P, D), key, precondition, its version, time to live in ms, operation id, tail
-- Answers {state, outcome, version, outcome, version, …}; state: 1 applied, 0 not registered, -1 epoch outdated.
-- Outcomes: 1 created, 2 replaced, 3 removed, 4 absent, 5 conflict (with the current version, 0 if absent).
--
-- A record is: version, epoch, expiry in ms (big-endian, 8 bytes each), operation id (8), flag C or R (1), tail.
-- Numbers stay below 2^53, where doubles are exact: versions and epochs are microseconds since 1970.
local HEAD = 33

local namespace, registered = ARGV[1], tonumber(ARGV[2])
local epoch = tonumber(redis.call('GET', KEYS[1]) or '0')

if registered > 0 then
  if registered < math.abs(epoch) or registered == -epoch then
    return {-1}
  end
  if registered > math.abs(epoch) then
    if redis.call('EXISTS', KEYS[2]) == 1 then
      local swept = KEYS[5] .. ':' .. string.format('%.0f', math.abs(epoch)) .. ':' .. namespace
      redis.call('RENAME', KEYS[2], swept)
      redis.call('SADD', KEYS[5], swept)
    end
    redis.call('SET', KEYS[1], string.format('%.0f', registered))
    epoch = registered
  end
elseif epoch <= 0 then
  return {0}
end

local time = redis.call('TIME')
local seconds, micros = tonumber(time[1]), tonumber(time[2])
local now = seconds * 1000 + math.floor(micros / 1000)
local before = tonumber(redis.call('GET', KEYS[4]) or '0')
local version = math.max(seconds * 1000000 + micros - 1, before)
local start = version

local function current(record)
  local head = redis.call('GETRANGE', record, 0, HEAD - 1)
  if #head < HEAD then
    return nil
  end
  local at, of, expires = struct.unpack('>I8I8I8', head)
  if of ~= epoch then
    return nil
  end
  return {version = at, expires = expires, operation = string.sub(head, 25, 32), flag = string.sub(head, 33, 33)}
end

local function holds(precondition, wanted, found)
  if precondition == '0' then
    return true
  elseif precondition == '1' then
    return found == nil
  elseif precondition == '2' then
    return found ~= nil
  end
  return found ~= nil and found.version == tonumber(wanted)
end

local function put(record, key, found, ttl, operation, tail)
  version = version + 1
  local member = namespace .. ':' .. key
  local expires = 0
  if ttl > 0 then
    expires = now + ttl
  end
  local flag = found and 'R' or 'C'
  local bytes = struct.pack('>I8I8I8', version, epoch, expires) .. operation .. flag .. tail
  if expires > 0 then
    redis.call('SET', record, bytes, 'PXAT', string.format('%.0f', expires))
    redis.call('ZADD', KEYS[3], expires, member)
  else
    redis.call('SET', record, bytes)
    if not found or found.expires > 0 then
      redis.call('ZREM', KEYS[3], member)
    end
  end
  if not found then
    redis.call('ZADD', KEYS[2], 0, key)
  end
  return found and 2 or 1
end

local function remove(record, key, found)
  version = version + 1
  redis.call('DEL', record)
  redis.call('ZREM', KEYS[2], key)
  if found.expires > 0 then
    redis.call('ZREM', KEYS[3], namespace .. ':' .. key)
  end
end

local answer = {1}
local argument = 3
local repeated = false
for i = 6, #KEYS do
  local record = KEYS[i]
  local kind, key, precondition = ARGV[argument], ARGV[argument + 1], ARGV[argument + 2]
  local wanted, ttl = ARGV[argument + 3], tonumber(ARGV[argument + 4])
  local operation, tail = ARGV[argument + 5], ARGV[argument + 6]
  argument = argument + 7
  local found = current(record)
  local outcome, at
  if kind == 'P' and found and found.operation == operation then
    outcome, at = (found.flag == 'C') and 1 or 2, found.version
    repeated = true
  elseif kind == 'D' and not found then
    outcome, at = 4, 0
    repeated = true
  elseif not holds(precondition, wanted, found) then
    outcome, at = 5, found and found.version or 0
  elseif kind == 'P' then
    outcome = put(record, key, found, ttl, operation, tail)
    at = version
  else
    remove(record, key, found)
    outcome, at = 3, version
  end
  answer[#answer + 1] = outcome
  answer[#answer + 1] = at
end

-- An answer that may rest on an earlier write is one that replicas must confirm, and they confirm only what is written
-- on the connection of who asks them: so something is.
if version > start or repeated then
  redis.call('SET', KEYS[4], string.format('%.0f', version))
end
return answer
