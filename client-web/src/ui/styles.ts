/** The style sheets in their order: tokens first, then pieces, then views. */
import './tokens.css';
import './base.css';
import './choices.css';
import './entrance.css';
import '../public/public.css';
import './room.css';
import './side.css';
import './sheet.css';
