-- Players who came by a link before origins were noted at joining.
INSERT INTO player_origins (contest_id, player_id, occasion, device, network, noted_at)
SELECT contest_id, player_id, 'join', device, network, arrived_at FROM arrivals
WHERE device <> '' OR network <> '';
